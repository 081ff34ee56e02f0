package dyno.engine.generator;

import dyno.engine.Contradictions;
import dyno.engine.Contradictions.Contradiction;
import dyno.engine.Given;
import java.util.ArrayList;
import java.util.List;

/// Whether settings can work: the bounds of the workload's fields, then its contradictions, in the same words.
final class SettingsCheck {

    private static final int MAX_THREADS = 1024;
    private static final double MAX_COMPRESS = 1024;
    private static final double MAX_DEDUP = 1_000_000;
    private static final int MIN_COMPRESS_UNIT = 512;
    private static final int MAX_COMPRESS_UNIT = 1 << 25;
    private static final int MIN_DEDUP_UNIT = 4096;
    private static final int MAX_DEDUP_UNIT = 1 << 26;

    private final List<String> problems = new ArrayList<>();

    private SettingsCheck() {}

    /// What is wrong, all of it; empty where nothing is.
    static List<String> problems(DataGeneratorSettings settings) {
        var check = new SettingsCheck();
        check.bounds(settings);
        if (check.problems.isEmpty()) {
            check.contradictions(settings);
        }
        return List.copyOf(check.problems);
    }

    private void bounds(DataGeneratorSettings settings) {
        within("length", settings.length().orElse(1), 1, Long.MAX_VALUE);
        within("threads", settings.threads(), 1, MAX_THREADS);
        within("compressRatio", settings.compressRatio(), MAX_COMPRESS);
        within("dedupRatio", settings.dedupRatio(), MAX_DEDUP);
        powerOfTwo("compressUnitBytes", settings.compressUnit(), MIN_COMPRESS_UNIT, MAX_COMPRESS_UNIT);
        powerOfTwo("dedupUnitBytes", settings.dedupUnitBytes(), MIN_DEDUP_UNIT, MAX_DEDUP_UNIT);
    }

    private void contradictions(DataGeneratorSettings settings) {
        if (settings.layout() == Layout.DGEN && settings.length().isEmpty() && settings.dedupRatio() > 1) {
            problems.add("dedupRatio %s needs a length; layout DGEN repeats the stream as a whole"
                    .formatted(WorkloadContradictions.plain(settings.dedupRatio())));
        }
        var found = new Contradictions();
        WorkloadContradictions.find(workload(settings), given(settings), found);
        found.found().stream().map(Contradiction::message).forEach(problems::add);
    }

    private void within(String field, long value, long min, long max) {
        if (value < min || value > max) {
            problems.add("%s %d is not within %d to %d".formatted(field, value, min, max));
        }
    }

    private void within(String field, double value, double max) {
        if (!(value >= 1 && value <= max)) {
            problems.add("%s %s is not within 1 to %s".formatted(field, value, WorkloadContradictions.plain(max)));
        }
    }

    private void powerOfTwo(String field, int value, int min, int max) {
        if (value < min || value > max || Integer.bitCount(value) != 1) {
            problems.add("%s %d is not a power of two within %d to %d".formatted(field, value, min, max));
        }
    }

    /// Fields that only a job has stand at their defaults.
    private static GeneratorWorkload workload(DataGeneratorSettings settings) {
        return new GeneratorWorkload(
                settings.length().orElse(Content.ENDLESS),
                MIN_COMPRESS_UNIT,
                settings.threads(),
                1,
                settings.algorithm(),
                Mode.DIRECT,
                BufferKind.HEAP,
                settings.compressRatio(),
                settings.dedupRatio(),
                settings.compressUnit(),
                settings.dedupUnitBytes(),
                0,
                settings.layout(),
                Sink.DISCARD,
                null,
                false,
                false,
                Numa.DISABLED);
    }

    private static Given given(DataGeneratorSettings settings) {
        return new Given() {
            @Override
            public boolean has(String path) {
                return path.equals("compressUnitBytes")
                        && settings.compressUnitBytes().isPresent();
            }

            @Override
            public long integer(String path) {
                throw new IllegalArgumentException(path + " is not asked for");
            }

            @Override
            public double number(String path) {
                throw new IllegalArgumentException(path + " is not asked for");
            }

            @Override
            public String text(String path) {
                throw new IllegalArgumentException(path + " is not asked for");
            }
        };
    }
}
