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

    /// What one series of one case is known by, whatever its unit.
    private record Series(String name, SuiteCase suiteCase) {}

    private record Shown(Gauge gauge, Tags tags, AtomicReference<Double> value) {}

    private final MeterRegistry registry;
    private final Set<SuiteCase> known = new HashSet<>();
    private final Map<Series, Shown> series = new HashMap<>();

    SuiteCaseMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    synchronized void score(SuiteCase suiteCase, Score score) {
        var shown = bounded(suiteCase);
        var tags = shown.tags().and("unit", score.unit());
        var interval = score.ci95();
        set(
                new Series("dyno.case.score", shown),
                "Latest score",
                tags,
                score.value() == null ? Double.NaN : score.value());
        set(
                new Series("dyno.case.score.ci.low", shown),
                "Low end of its 95 % interval",
                tags,
                interval == null ? Double.NaN : interval.low());
        set(
                new Series("dyno.case.score.ci.high", shown),
                "High end of its 95 % interval",
                tags,
                interval == null ? Double.NaN : interval.high());
    }

    synchronized void speedup(SuiteCase suiteCase, Speedup speedup) {
        var shown = bounded(suiteCase);
        set(new Series("dyno.case.speedup", shown), "Latest speed-up over the baseline", shown.tags(), speedup.ratio());
    }

    synchronized void success(SuiteCase suiteCase, Instant finishedAt) {
        var shown = bounded(suiteCase);
        set(
                new Series("dyno.case.last.success.timestamp.seconds", shown),
                "When the case last had a score",
                shown.tags(),
                finishedAt.toEpochMilli() / 1e3);
    }

    private SuiteCase bounded(SuiteCase suiteCase) {
        if (known.contains(suiteCase) || (known.size() < MAX_CASES && known.add(suiteCase))) {
            return suiteCase;
        }
        return new SuiteCase(suiteCase.engine(), suiteCase.suite(), OTHER);
    }

    /// A case whose unit has changed has its former series no longer.
    private void set(Series one, String description, Tags tags, double value) {
        var before = series.get(one);
        if (before != null && !before.tags().equals(tags)) {
            registry.remove(before.gauge());
            series.remove(one);
        }
        series.computeIfAbsent(one, _ -> gauge(one.name(), description, tags))
                .value()
                .set(value);
    }

    private Shown gauge(String name, String description, Tags tags) {
        var value = new AtomicReference<>(Double.NaN);
        var gauge = Gauge.builder(name, value, AtomicReference::get)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
        return new Shown(gauge, tags, value);
    }
}
