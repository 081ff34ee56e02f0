package dyno.job;

import dyno.engine.ScoreUnit;
import dyno.environment.Environment;
import dyno.environment.Grading;
import dyno.environment.Grading.CaseFacts;
import dyno.environment.Grading.ForkFacts;
import dyno.measurement.CaseStatistics;
import dyno.measurement.MeasuredFork;
import dyno.measurement.Plan;
import dyno.measurement.Plan.Mode;
import dyno.measurement.Sample;
import dyno.measurement.SteadyState;
import dyno.result.Run.Quality;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Grades a measured job's run by the cases that have a result.
final class RunQuality {

    /// Others may have run beside it, and its figures are for no comparison.
    private static final String SMOKE_MODE = "SMOKE_MODE";

    private static final String NO_RESULT = "NO_RESULT";

    private RunQuality() {}

    static Quality of(Plan plan, List<MeasuredCase> cases, CaseResults results, Environment environment) {
        if (plan.mode() == Mode.SMOKE) {
            return Quality.ungraded(SMOKE_MODE);
        }
        var facts = cases.stream()
                .filter(measured ->
                        measured.failure() == null && !measured.forks().isEmpty())
                .map(measured -> facts(measured, results.view(measured).unit()))
                .toList();
        return facts.isEmpty() ? Quality.ungraded(NO_RESULT) : Quality.of(Grading.assess(environment, facts));
    }

    private static CaseFacts facts(MeasuredCase measured, ScoreUnit unit) {
        var variation = CaseStatistics.variation(unit, measured.samples());
        return new CaseFacts(
                measured.name(),
                variation.betweenForks(),
                variation.betweenForksReason(),
                measured.forks().stream().map(fork -> facts(fork, unit)).toList());
    }

    private static ForkFacts facts(MeasuredFork fork, ScoreUnit unit) {
        long nanos = fork.samples().stream().mapToLong(Sample::elapsedNanos).sum();
        var steady = SteadyState.of(unit, fork.samples());
        return new ForkFacts(
                fork.index(),
                (double) nanos / TimeUnit.SECONDS.toNanos(1),
                fork.surroundings(),
                fork.resources(),
                steady.isSteady(),
                steady.reason());
    }
}
