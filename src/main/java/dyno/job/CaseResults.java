package dyno.job;

import dyno.catalog.EngineEntry;
import dyno.catalog.EngineEntry.Related;
import dyno.engine.InputFacts;
import dyno.engine.Metrics;
import dyno.engine.Phase;
import dyno.engine.TrialReport;
import dyno.measurement.CaseStatistics;
import dyno.measurement.Combined;
import dyno.measurement.MeasuredFork;
import dyno.measurement.Plan;
import dyno.measurement.Score;
import dyno.measurement.Speedup;
import dyno.measurement.Speedups;
import dyno.result.CaseResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns what the forks of a job's cases found into results. Immutable.
final class CaseResults {

    /// Metric that is 1 where an engine did a part of the work only.
    private static final String EXTRAPOLATED = "extrapolated";

    private final EngineEntry<?> entry;
    private final Map<String, EngineView> views = new LinkedHashMap<>();

    CaseResults(EngineEntry<?> entry, List<PlannedCase> cases) {
        this.entry = entry;
        cases.forEach(planned -> views.put(planned.name(), EngineView.of(entry, planned)));
    }

    EngineView view(MeasuredCase measured) {
        return view(measured.name());
    }

    EngineView view(String caseName) {
        var view = views.get(caseName);
        if (view == null) {
            throw new IllegalArgumentException(caseName + " is not a case of this job");
        }
        return view;
    }

    /// What the event of a finished case says; its speed-up is there only if its baseline is finished as well.
    Payload.Case payload(MeasuredCase measured, List<MeasuredCase> all, Plan plan) {
        var finished =
                all.stream().filter(other -> other.isFinished(plan.forks())).toList();
        return new Payload.Case(
                measured.name(),
                score(measured),
                speedup(measured, finished).value(),
                measured.verification().orElse(null),
                measured.failure());
    }

    /// The results of all cases, in order, with the metrics that relate them.
    List<CaseResult> all(List<MeasuredCase> cases) {
        var related = cases.stream().map(this::related).toList();
        entry.relate(related);
        ScalingMetrics.add(related);
        var results = new ArrayList<CaseResult>();
        for (int i = 0; i < cases.size(); i++) {
            results.add(result(cases.get(i), cases, related.get(i).metrics()));
        }
        return results;
    }

    private Related related(MeasuredCase measured) {
        var score = score(measured);
        var metrics = new Metrics();
        if (measured.failure() != null) {
            return new Related(measured.name(), measured.planned().workload(), null, null, metrics);
        }
        copy(measured.metrics(), metrics);
        return new Related(
                measured.name(),
                measured.planned().workload(),
                score == null ? null : score.value(),
                CaseStatistics.totals(view(measured).unit(), measured.samples()),
                metrics);
    }

    private CaseResult result(MeasuredCase measured, List<MeasuredCase> all, Metrics metrics) {
        boolean good = measured.failure() == null;
        var forks = measured.forks();
        var samples = measured.samples();
        var speedup = speedup(measured, all);
        var first = forks.stream().findFirst().map(MeasuredFork::report);
        return new CaseResult(
                measured.name(),
                measured.planned().workload(),
                score(measured),
                speedup.value(),
                speedup.reason(),
                good ? CaseStatistics.secondsPerInvocation(samples) : null,
                good ? CaseStatistics.variation(view(measured).unit(), samples) : null,
                good ? phases(forks) : List.of(),
                metrics.values(),
                good
                        ? Combined.figures(
                                forks.stream().map(MeasuredFork::resources).toList())
                        : Map.of(),
                measured.verification().orElse(null),
                first.map(report -> input(measured.planned(), report.input())).orElse(null),
                measured.warnings(),
                first.map(TrialReport::details).orElse(Map.of()),
                measured.artifacts(),
                measured.failure(),
                forks);
    }

    /// What was read; of a dataset with the digest that is kept of it.
    private static InputFacts input(PlannedCase planned, InputFacts read) {
        var dataset = planned.dataset();
        return dataset == null ? read : new InputFacts("sha256:" + dataset.sha256(), null, read.items(), read.bytes());
    }

    private static List<Phase> phases(List<MeasuredFork> forks) {
        return Combined.phases(
                forks.stream().map(fork -> fork.report().phases()).toList());
    }

    /// A wrong answer has no score, nor has a case whose forks did not all run.
    private @Nullable Score score(MeasuredCase measured) {
        return measured.failure() == null ? CaseStatistics.score(view(measured).unit(), measured.samples()) : null;
    }

    private record SpeedupOrReason(
            @Nullable Speedup value, @Nullable String reason) {}

    private SpeedupOrReason speedup(MeasuredCase measured, List<MeasuredCase> all) {
        var name = measured.planned().baseline();
        if (name == null) {
            return new SpeedupOrReason(null, "NO_BASELINE");
        }
        if (name.equals(measured.name())) {
            return new SpeedupOrReason(null, "IS_BASELINE");
        }
        var baseline = all.stream().filter(other -> other.name().equals(name)).findFirst();
        if (baseline.isEmpty() || baseline.get().failure() != null || measured.failure() != null) {
            return new SpeedupOrReason(null, "NO_SCORE");
        }
        if (isExtrapolated(measured) || isExtrapolated(baseline.get())) {
            return new SpeedupOrReason(null, "EXTRAPOLATED");
        }
        var unit = view(measured).unit();
        if (!unit.equals(view(baseline.get()).unit())) {
            return new SpeedupOrReason(null, "UNITS_DIFFER");
        }
        return Speedups.of(name, baseline.get().samples(), measured.samples(), unit)
                .map(speedup -> new SpeedupOrReason(speedup, null))
                .orElse(new SpeedupOrReason(null, "NO_SCORE"));
    }

    /// Whether its engine did a part of the work and says what all of it would take.
    private static boolean isExtrapolated(MeasuredCase measured) {
        return measured.metrics().get(EXTRAPOLATED) instanceof Number number && number.longValue() == 1;
    }

    private static void copy(Map<String, @Nullable Object> figures, Metrics metrics) {
        figures.forEach((name, value) -> {
            switch (value) {
                case null -> metrics.absent(name, String.valueOf(figures.get(name + "Reason")));
                case Boolean flag -> metrics.put(name, flag);
                case Integer number -> metrics.put(name, number.longValue());
                case Long number -> metrics.put(name, number);
                case Number number -> metrics.put(name, number.doubleValue());
                // The reason of an absent figure came with it.
                default -> metrics.put(name, value.toString());
            }
        });
    }
}
