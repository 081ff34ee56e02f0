package dyno.job;

import com.github.f4b6a3.uuid.UuidCreator;
import dyno.engine.FailureCode;
import dyno.environment.Environment;
import dyno.job.JobMeasurement.Measured;
import dyno.result.CaseResult;
import dyno.result.Failure;
import dyno.result.Run;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides how a measured job ends, and makes its run.
final class RunAssembly {

    /// When and where a job was measured.
    record Setting(Instant startedAt, Instant finishedAt, Environment environment) {}

    private RunAssembly() {}

    /// Every measured job has a run, a failed one a partial run: what its cases found is worth keeping.
    static JobEnd end(MeasuredJob job, CaseResults results, Measured measured, Setting setting) {
        var cases = measured.cases();
        Agreement.check(cases, results);
        var failure =
                measured.isTimedOut() ? new Failure(FailureCode.TIMED_OUT, timedOut(job), null, null) : worst(cases);
        var state = failure == null ? JobState.SUCCEEDED : measured.isTimedOut() ? JobState.TIMED_OUT : JobState.FAILED;
        return new JobEnd(state, failure, run(job, results.all(cases), failure != null, setting));
    }

    /// A wrong answer weighs more than any other failure; of equals the first case's counts.
    private static @Nullable Failure worst(List<MeasuredCase> cases) {
        Failure worst = null;
        for (var measured : cases) {
            var failure = measured.isFaulty() ? measured.failure() : null;
            if (failure != null && (worst == null || (isWrong(failure) && !isWrong(worst)))) {
                worst = failure;
            }
        }
        return worst;
    }

    private static boolean isWrong(Failure failure) {
        return failure.code() == FailureCode.VERIFICATION_FAILED;
    }

    private static Run run(MeasuredJob job, List<CaseResult> cases, boolean partial, Setting setting) {
        return new Run(
                UuidCreator.getTimeOrderedEpoch(),
                job.job().id(),
                job.job().engine(),
                job.plan(),
                setting.startedAt(),
                setting.finishedAt(),
                job.job().labels(),
                job.job().spec().get("reason") instanceof String reason ? reason : null,
                partial,
                setting.environment(),
                new Run.Quality(null, "NOT_GRADED", List.of()),
                cases);
    }

    private static String timedOut(MeasuredJob job) {
        return "The job took longer than %d s".formatted(job.timeout().toSeconds());
    }
}
