package dyno.result;

import dyno.engine.ScoreUnit;
import dyno.environment.Environment.Fact;
import dyno.measurement.MeasuredFork;
import dyno.measurement.Plan;
import dyno.measurement.Sample;
import dyno.measurement.Score;
import dyno.measurement.Score.Better;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;
import org.jspecify.annotations.Nullable;

/// A run as JMH's `-rf json` writes one, so that its viewers open it. Cases without a score are left out.
///
/// What JMH knows and Dyno does not is null or `"NaN"`, as JMH writes it. `scoreConfidence` is Dyno's
/// interval of 95 %, where JMH's is of 99.9 %.
///
/// @see <a href="https://github.com/openjdk/jmh">JMH</a>
final class JmhExport {

    private static final String NAN = "NaN";
    private static final List<Double> PERCENTILES =
            List.of(0.0, 50.0, 90.0, 95.0, 99.0, 99.9, 99.99, 99.999, 99.9999, 100.0);
    private static final Quantile TYPE_7 = Quantile.withDefaults().with(EstimationMethod.HF7);

    private JmhExport() {}

    static List<Map<String, @Nullable Object>> of(Run run) {
        return run.cases().stream()
                .filter(result -> result.score() != null && result.score().value() != null)
                .map(result -> benchmark(run, result, Objects.requireNonNull(result.score())))
                .toList();
    }

    private static Map<String, @Nullable Object> benchmark(Run run, CaseResult result, Score score) {
        var label = CaseLabel.of(result.name());
        var forks = Objects.requireNonNullElse(result.forks(), List.<MeasuredFork>of());
        var tree = new LinkedHashMap<String, @Nullable Object>();
        var version = text(run, "build.version");
        tree.put("jmhVersion", version == null ? "1.37 (Dyno)" : "1.37 (Dyno %s)".formatted(version));
        tree.put("benchmark", "dyno.%s.%s".formatted(run.engine(), label.variant()));
        tree.put("mode", score.better() == Better.HIGHER ? "thrpt" : "avgt");
        // Invocations are made by one thread; how many work in one is the workload's.
        tree.put("threads", 1);
        tree.put("forks", score.forks());
        tree.put("jvm", null);
        tree.put("jvmArgs", forks.isEmpty() ? List.of() : forks.getFirst().jvmFlags());
        var jvm = text(run, "jvm.version");
        tree.put("jdkVersion", jvm == null ? null : jvm.split("\\+", 2)[0]);
        tree.put("vmName", text(run, "jvm.name"));
        tree.put("vmVersion", jvm);
        putPlan(tree, run.plan());
        if (!label.parameters().isEmpty()) {
            tree.put("params", label.parameters());
        }
        tree.put("primaryMetric", primary(score, forks));
        tree.put("secondaryMetrics", secondary(forks));
        return tree;
    }

    /// Null where the fact is not known.
    private static @Nullable String text(Run run, String fact) {
        var value = run.environment()
                .facts()
                .getOrDefault(fact, Fact.unknown("NOT_RECORDED"))
                .value();
        return value == null ? null : value.toString();
    }

    private static void putPlan(Map<String, @Nullable Object> tree, @Nullable Plan plan) {
        var time = plan == null ? null : plan.minIterationMillis() + " ms";
        tree.put("warmupIterations", plan == null ? null : plan.warmupIterations());
        tree.put("warmupTime", time);
        tree.put("warmupBatchSize", 1);
        tree.put("measurementIterations", plan == null ? null : plan.iterations());
        tree.put("measurementTime", time);
        tree.put("measurementBatchSize", 1);
    }

    private static Map<String, Object> primary(Score score, List<MeasuredFork> forks) {
        var expired = forks.stream()
                .map(MeasuredFork::samplesReason)
                .filter(Objects::nonNull)
                .findFirst();
        var raw = expired.isPresent()
                ? List.<List<Double>>of()
                : forks.stream().map(fork -> figures(score, fork.samples())).toList();
        var interval = score.ci95();
        var metric = metric(
                Objects.requireNonNull(score.value()),
                interval == null ? null : new double[] {interval.low(), interval.high()},
                score.unit(),
                raw);
        // Not JMH's field: its readers pass over it, and people see why there is nothing.
        expired.ifPresent(reason -> metric.put("rawDataReason", reason));
        return metric;
    }

    private static List<Double> figures(Score score, List<Sample> samples) {
        boolean countsBytes = score.unit().equals(ScoreUnit.bytes().unit());
        double secondsPerUnit = JmhUnit.secondsPerUnit(score.unit()).orElse(1);
        return samples.stream()
                .filter(sample -> sample.elapsedNanos() > 0)
                .map(sample -> {
                    double seconds = (double) sample.elapsedNanos() / TimeUnit.SECONDS.toNanos(1);
                    return score.better() == Better.HIGHER
                            ? (countsBytes ? sample.bytes() : sample.items()) / seconds * secondsPerUnit
                            : seconds / sample.invocations() / secondsPerUnit;
                })
                .toList();
    }

    /// One figure a fork, as JMH's profilers give one an iteration.
    private static Map<String, Object> secondary(List<MeasuredFork> forks) {
        var metrics = new LinkedHashMap<String, Object>();
        if (forks.isEmpty()) {
            return metrics;
        }
        for (var name : forks.getFirst().resources().keySet()) {
            var raw = new ArrayList<List<Double>>();
            for (var fork : forks) {
                if (fork.resources().get(name) instanceof Number number) {
                    raw.add(List.of(number.doubleValue()));
                }
            }
            if (raw.size() == forks.size()) {
                double mean = raw.stream().mapToDouble(List::getFirst).average().orElseThrow();
                metrics.put("dyno." + name, metric(mean, null, unit(name), raw));
            }
        }
        return metrics;
    }

    private static String unit(String resource) {
        if (resource.endsWith("Bytes")) {
            return "bytes";
        }
        return resource.endsWith("Seconds") ? "s" : resource.endsWith("MHz") ? "MHz" : "counts";
    }

    private static Map<String, Object> metric(
            double score, double @Nullable [] interval, String unit, List<List<Double>> raw) {
        var metric = new LinkedHashMap<String, Object>();
        metric.put("score", score);
        metric.put("scoreError", interval == null ? NAN : (interval[1] - interval[0]) / 2);
        metric.put("scoreConfidence", interval == null ? List.of(NAN, NAN) : List.of(interval[0], interval[1]));
        var sorted = raw.stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        var percentiles = new LinkedHashMap<String, Object>();
        for (double percent : PERCENTILES) {
            percentiles.put(
                    Double.toString(percent), sorted.length == 0 ? NAN : TYPE_7.evaluate(sorted, percent / 100));
        }
        metric.put("scorePercentiles", percentiles);
        metric.put("scoreUnit", unit);
        metric.put("rawData", raw);
        return metric;
    }
}
