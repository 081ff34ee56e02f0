package dyno.job;

import com.github.f4b6a3.uuid.UuidCreator;
import dyno.engine.FailureCode;
import dyno.environment.Environment;
import dyno.job.JobMeasurement.Measured;
import dyno.result.CaseResult;
import dyno.result.Failure;
import dyno.result.Run;
import dyno.result.Run.Quality;
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
        var quality = RunQuality.of(job.plan(), cases, results, setting.environment());
        return new JobEnd(state, failure, run(job, new Found(results.all(cases), quality, failure != null), setting));
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

    private record Found(List<CaseResult> cases, Quality quality, boolean partial) {}

    private static Run run(MeasuredJob job, Found found, Setting setting) {
        return new Run(
                UuidCreator.getTimeOrderedEpoch(),
                job.job().id(),
                job.job().engine(),
                job.plan(),
                setting.startedAt(),
                setting.finishedAt(),
                job.job().labels(),
                job.job().spec().get("reason") instanceof String reason ? reason : null,
                found.partial(),
                setting.environment(),
                found.quality(),
                found.cases());
    }

    private static String timedOut(MeasuredJob job) {
        return "The job took longer than %d s".formatted(job.timeout().toSeconds());
    }
}
