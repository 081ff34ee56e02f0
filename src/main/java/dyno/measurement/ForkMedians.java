package dyno.measurement;

import dyno.engine.ScoreUnit;
import dyno.engine.ScoreUnit.Counted;
import dyno.measurement.Score.Better;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// One figure a fork, the median of its iterations: what comparisons go by.
///
/// Only their ratios count, so that a score in another multiple of the unit (`ms/op`, `ns/op`)
/// compares as well.
public final class ForkMedians {

    private ForkMedians() {}

    /// Logarithms of the forks' medians: of throughput, or where less is better of seconds per invocation.
    ///
    /// @param unit  the score's: `bytes/s` counts bytes, anything else items
    /// @param forks samples fork by fork
    /// @return empty where there is no figure for each of the forks
    public static double[] logs(String unit, Better better, List<List<Sample>> forks) {
        return switch (better) {
            case HIGHER -> Throughput.of(countedIn(unit), forks).medianLogs();
            case LOWER -> secondsLogs(forks);
        };
    }

    /// The same of forks whose samples may be gone: what was kept of them gives the same figures.
    public static double[] logsOf(String unit, Better better, List<MeasuredFork> forks) {
        if (forks.stream().noneMatch(fork -> fork.sampleTotals() != null)) {
            return logs(unit, better, forks.stream().map(MeasuredFork::samples).toList());
        }
        var kept = forks.stream()
                .map(MeasuredFork::sampleTotals)
                .filter(Objects::nonNull)
                .map(SampleTotals::medianLog)
                .filter(Objects::nonNull)
                .toList();
        return kept.size() == forks.size()
                ? kept.stream().mapToDouble(Double::doubleValue).toArray()
                : new double[0];
    }

    private static ScoreUnit countedIn(String unit) {
        var bytes = ScoreUnit.bytes();
        return bytes.unit().equals(unit) ? bytes : new ScoreUnit(unit, Counted.ITEMS, ScoreUnit.ZERO_THROUGHPUT);
    }

    private static double[] secondsLogs(List<List<Sample>> forks) {
        boolean isComplete = !forks.isEmpty()
                && forks.stream()
                        .allMatch(samples -> !samples.isEmpty()
                                && samples.stream()
                                        .allMatch(sample -> sample.elapsedNanos() > 0 && sample.invocations() > 0));
        if (!isComplete) {
            return new double[0];
        }
        return forks.stream()
                .mapToDouble(samples -> Math.log(Throughput.median(seconds(samples))))
                .toArray();
    }

    private static double[] seconds(List<Sample> samples) {
        var seconds = new double[samples.size()];
        Arrays.setAll(seconds, i -> {
            var sample = samples.get(i);
            return (double) sample.elapsedNanos() / TimeUnit.SECONDS.toNanos(1) / sample.invocations();
        });
        return seconds;
    }
}
