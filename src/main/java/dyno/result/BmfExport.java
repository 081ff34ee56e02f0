package dyno.result;

import dyno.measurement.Score;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A run in Bencher Metric Format: benchmark → measure → `value` with its bounds. Cases without a score
/// are left out.
///
/// The score's measure is its unit as a slug, `bytes-per-second`; `latency`, which Bencher knows, is the
/// median of an invocation in nanoseconds.
///
/// @see <a href="https://bencher.dev/docs/reference/bencher-metric-format/">Bencher Metric Format</a>
final class BmfExport {

    private BmfExport() {}

    static Map<String, Map<String, Map<String, Double>>> of(Run run) {
        var benchmarks = new LinkedHashMap<String, Map<String, Map<String, Double>>>();
        for (var result : run.cases()) {
            var score = result.score();
            if (score != null && score.value() != null) {
                benchmarks.put(run.engine() + "/" + result.name(), measures(result, score, score.value()));
            }
        }
        return benchmarks;
    }

    private static Map<String, Map<String, Double>> measures(CaseResult result, Score score, double value) {
        var metric = new LinkedHashMap<String, Double>();
        metric.put("value", value);
        var interval = score.ci95();
        if (interval != null) {
            metric.put("lower_value", interval.low());
            metric.put("upper_value", interval.high());
        }
        var measures = new LinkedHashMap<String, Map<String, Double>>();
        measures.put(slug(score.unit()), metric);
        var seconds = result.secondsPerInvocation();
        if (seconds != null) {
            measures.put("latency", Map.of("value", seconds.median() * TimeUnit.SECONDS.toNanos(1)));
        }
        return measures;
    }

    /// `bytes/s` as `bytes-per-second`.
    static String slug(String unit) {
        var spelled = unit.endsWith("/s") ? unit.substring(0, unit.length() - 2) + "-per-second" : unit;
        return spelled.replace("/", "-per-").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-");
    }
}
