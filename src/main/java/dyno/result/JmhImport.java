package dyno.result;

import dyno.engine.InputFacts;
import dyno.engine.Metrics;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.environment.Environment.Fact;
import dyno.measurement.ForeignFigures;
import dyno.measurement.MeasuredFork;
import dyno.measurement.Score;
import dyno.measurement.Score.Better;
import dyno.web.Pointer;
import dyno.web.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads what JMH's `-rf json` writes: a case for each result,
/// `org.x.Bench.method[mode=thrpt,threads=1,size=10]`.
///
/// Where the document has raw data, the score is Dyno's own of it (geometric mean over forks of each
/// fork's median, with an interval of 95 %), so that imports compare as runs do; JMH's mean and error are
/// the metrics `jmhScore` and `jmhScoreError`. Without raw data the score is JMH's mean, and has no
/// interval.
final class JmhImport {

    private static final Set<String> TIMES = Set.of("avgt", "sample", "ss");

    private final ForeignTree tree = new ForeignTree();
    private final List<CaseResult> cases = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Fact> facts = new LinkedHashMap<>();

    private JmhImport() {}

    /// @throws ProblemException `invalid-request` with everything that is wrong
    static ImportedDocument read(@Nullable Object document) {
        var reader = new JmhImport();
        var results = reader.tree.list(document, Pointer.ROOT);
        for (int i = 0; i < results.size(); i++) {
            reader.readResult(results.get(i), Pointer.element(Pointer.ROOT, i));
        }
        if (results.isEmpty() && document instanceof List<?>) {
            reader.tree.refuse(Pointer.ROOT, "The document has no result");
        }
        reader.tree.requireStorable(document, Pointer.ROOT);
        reader.tree.requireBounded(reader.cases);
        reader.tree.check();
        return new ImportedDocument(List.copyOf(reader.cases), reader.facts);
    }

    private void readResult(@Nullable Object value, String pointer) {
        var result = tree.object(value, pointer);
        if (!(value instanceof Map<?, ?>)) {
            return;
        }
        var benchmark = tree.text(result, "benchmark", pointer);
        var mode = tree.text(result, "mode", pointer);
        if (!mode.isEmpty() && !mode.equals("thrpt") && !TIMES.contains(mode)) {
            tree.refuse(Pointer.member(pointer, "mode"), "'mode' is none of thrpt, avgt, sample, ss");
        }
        var workload = new LinkedHashMap<String, @Nullable Object>();
        workload.put("benchmark", benchmark);
        workload.put("mode", mode);
        workload.put("threads", result.getOrDefault("threads", null));
        var parameters = result.get("params") == null
                ? Map.<String, @Nullable Object>of()
                : tree.object(result.get("params"), Pointer.member(pointer, "params"));
        workload.put("params", parameters);
        var name = name(benchmark, mode, result.get("threads"), parameters);
        if (!names.add(name)) {
            tree.refuse(pointer, "Two results are " + Shown.value(name));
        }
        addFacts(result);
        readMetric(new Named(name, workload, mode), result, pointer);
    }

    private static String name(
            String benchmark, String mode, @Nullable Object threads, Map<String, @Nullable Object> parameters) {
        var rest = parameters.entrySet().stream()
                .map(entry -> ",%s=%s".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
        return "%s[mode=%s,threads=%s%s]".formatted(benchmark, mode, threads, rest);
    }

    /// What the results say of their JVM; nothing of the machine.
    private void addFacts(Map<String, @Nullable Object> result) {
        var sources = Map.of("jvm.version", "vmVersion", "jvm.name", "vmName");
        sources.forEach((fact, field) -> {
            if (result.get(field) instanceof String text) {
                facts.putIfAbsent(fact, Fact.of(text));
            }
        });
    }

    private record Named(String name, Map<String, @Nullable Object> workload, String mode) {

        Better better() {
            return mode.equals("thrpt") ? Better.HIGHER : Better.LOWER;
        }
    }

    private void readMetric(Named named, Map<String, @Nullable Object> result, String pointer) {
        var at = Pointer.member(pointer, "primaryMetric");
        var metric = tree.object(result.get("primaryMetric"), at);
        if (!(result.get("primaryMetric") instanceof Map<?, ?>)) {
            return;
        }
        var unit = tree.text(metric, "scoreUnit", at);
        var mean = tree.number(metric, "score", at);
        var seconds = JmhUnit.secondsPerUnit(unit);
        if (!unit.isEmpty() && seconds.isEmpty()) {
            tree.refuse(Pointer.member(at, "scoreUnit"), "'scoreUnit' is none of JMH's: ops/s, us/op, …");
        }
        var raw = raw(metric, at);
        var metrics = new Metrics();
        put(metrics, "jmhScore", mean);
        put(metrics, "jmhScoreError", metric.get("scoreError") instanceof Number error ? error.doubleValue() : null);
        addSecondary(metrics, result);
        var forks = seconds.isEmpty() ? List.<MeasuredFork>of() : forks(named, result, raw, seconds.getAsDouble());
        var score = raw.isEmpty()
                ? new Score(
                        mean,
                        mean == null ? ImportedCase.NOT_IN_DOCUMENT : null,
                        unit,
                        named.better(),
                        null,
                        ImportedCase.NOT_IN_DOCUMENT,
                        result.get("forks") instanceof Long count ? Math.toIntExact(Math.clamp(count, 0, 1_000)) : 0,
                        0)
                : ForeignFigures.score(unit, named.better(), raw);
        cases.add(new ImportedCase(named.name(), named.workload(), score, metrics.values(), forks, List.of()).result());
    }

    private static void put(Metrics metrics, String name, @Nullable Double value) {
        if (value == null) {
            metrics.absent(name, ImportedCase.NOT_IN_DOCUMENT);
        } else {
            metrics.put(name, value);
        }
    }

    private static void addSecondary(Metrics metrics, Map<String, @Nullable Object> result) {
        if (result.get("secondaryMetrics") instanceof Map<?, ?> secondary) {
            secondary.forEach((name, metric) -> {
                if (metric instanceof Map<?, ?> one
                        && one.get("score") instanceof Number score
                        && Double.isFinite(score.doubleValue())) {
                    metrics.put(String.valueOf(name), score.doubleValue());
                }
            });
        }
    }

    /// Figures of each fork's iterations. Of a histogram an iteration's figure is its mean.
    private List<double[]> raw(Map<String, @Nullable Object> metric, String pointer) {
        boolean isHistogram = metric.containsKey("rawDataHistogram");
        var field = isHistogram ? "rawDataHistogram" : "rawData";
        if (!metric.containsKey(field)) {
            return List.of();
        }
        var at = Pointer.member(pointer, field);
        var forks = new ArrayList<double[]>();
        var lists = tree.list(metric.get(field), at);
        for (int i = 0; i < lists.size(); i++) {
            var iterations = tree.list(lists.get(i), Pointer.element(at, i));
            var figures = new double[iterations.size()];
            for (int j = 0; j < figures.length; j++) {
                var place = Pointer.element(Pointer.element(at, i), j);
                figures[j] = isHistogram ? mean(iterations.get(j), place) : figure(iterations.get(j), place);
            }
            if (figures.length > 0) {
                forks.add(figures);
            }
        }
        // A figure that was refused is NaN: nothing is made of it any more.
        return forks.stream().flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)
                ? List.copyOf(forks)
                : List.of();
    }

    private double figure(@Nullable Object value, String pointer) {
        if (value instanceof Number number && Double.isFinite(number.doubleValue()) && number.doubleValue() >= 0) {
            return number.doubleValue();
        }
        tree.refuse(pointer, "A raw figure has to be a number of at least 0");
        return Double.NaN;
    }

    /// Of `[[value, count], …]`.
    private double mean(@Nullable Object histogram, String pointer) {
        double sum = 0;
        double count = 0;
        for (var bucket : tree.list(histogram, pointer)) {
            if (!(bucket instanceof List<?> pair)
                    || pair.size() != 2
                    || !(pair.getFirst() instanceof Number value)
                    || !(pair.getLast() instanceof Number times)
                    || value.doubleValue() < 0
                    || times.doubleValue() < 0) {
                tree.refuse(pointer, "A histogram is a list of pairs of value and count, neither below 0");
                return Double.NaN;
            }
            sum += value.doubleValue() * times.doubleValue();
            count += times.doubleValue();
        }
        double mean = sum / count;
        // Nothing was counted, or the figures are beyond what a double holds.
        if (!Double.isFinite(mean)) {
            tree.refuse(pointer, "A histogram has no mean");
            return Double.NaN;
        }
        return mean;
    }

    /// Empty where no sample gives a figure again; one of 0 has no score either.
    private static List<MeasuredFork> forks(
            Named named, Map<String, @Nullable Object> result, List<double[]> raw, double secondsPerUnit) {
        var rates = raw.stream()
                .map(fork -> Arrays.stream(fork)
                        .map(figure -> named.better() == Better.HIGHER
                                ? figure / secondsPerUnit
                                : 1 / (figure * secondsPerUnit))
                        .toArray())
                .toList();
        if (!rates.stream().flatMapToDouble(Arrays::stream).allMatch(ForeignFigures::canBeKept)) {
            return List.of();
        }
        var flags = result.get("jvmArgs") instanceof List<?> arguments
                ? arguments.stream().map(String::valueOf).toList()
                : List.<String>of();
        var report = new TrialReport(List.of(), Map.of(), List.of(), Map.of(), InputFacts.none());
        var verification = new Verification(null, "IMPORTED", List.of());
        var forks = new ArrayList<MeasuredFork>();
        for (int i = 0; i < raw.size(); i++) {
            var samples =
                    Arrays.stream(rates.get(i)).mapToObj(ForeignFigures::sample).toList();
            forks.add(new MeasuredFork(i, 0, flags, samples, report, verification, Map.of()));
        }
        return List.copyOf(forks);
    }
}
