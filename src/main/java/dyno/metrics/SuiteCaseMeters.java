package dyno.metrics;

import dyno.measurement.Score;
import dyno.measurement.Speedup;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// Latest figures of suites' cases, as gauges that come into being with a case's first result.
///
/// The first 200 cases have labels of their own; all others share `case="other"`, so that the number of time
/// series is bounded whatever clients submit. Safe for any number of threads.
final class SuiteCaseMeters {

    static final int MAX_CASES = 200;
    static final String OTHER = "other";

    /// One case of a suite.
    ///
    /// @param name the job's name in the suite, a slash, the case's name: jobs of one suite have equal case names
    record SuiteCase(String engine, String suite, String name) {

        Tags tags() {
            return Tags.of("engine", engine, "suite", suite, "case", name);
        }
    }

    private record Series(String name, Tags tags) {}

    private final MeterRegistry registry;
    private final Set<SuiteCase> known = new HashSet<>();
    private final Map<Series, AtomicReference<Double>> values = new HashMap<>();

    SuiteCaseMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    synchronized void score(SuiteCase suiteCase, Score score) {
        var tags = bounded(suiteCase).tags().and("unit", score.unit());
        var interval = score.ci95();
        set("dyno.case.score", "Latest score", tags, score.value() == null ? Double.NaN : score.value());
        set(
                "dyno.case.score.ci.low",
                "Low end of its 95 % interval",
                tags,
                interval == null ? Double.NaN : interval.low());
        set(
                "dyno.case.score.ci.high",
                "High end of its 95 % interval",
                tags,
                interval == null ? Double.NaN : interval.high());
    }

    synchronized void speedup(SuiteCase suiteCase, Speedup speedup) {
        set(
                "dyno.case.speedup",
                "Latest speed-up over the baseline",
                bounded(suiteCase).tags(),
                speedup.ratio());
    }

    synchronized void success(SuiteCase suiteCase, Instant finishedAt) {
        set(
                "dyno.case.last.success.timestamp.seconds",
                "When the case last had a score",
                bounded(suiteCase).tags(),
                finishedAt.toEpochMilli() / 1e3);
    }

    private SuiteCase bounded(SuiteCase suiteCase) {
        if (known.contains(suiteCase) || (known.size() < MAX_CASES && known.add(suiteCase))) {
            return suiteCase;
        }
        return new SuiteCase(suiteCase.engine(), suiteCase.suite(), OTHER);
    }

    private void set(String name, String description, Tags tags, double value) {
        values.computeIfAbsent(new Series(name, tags), series -> gauge(name, description, tags))
                .set(value);
    }

    private AtomicReference<Double> gauge(String name, String description, Tags tags) {
        var value = new AtomicReference<>(Double.NaN);
        Gauge.builder(name, value, AtomicReference::get)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
        return value;
    }
}
