package dyno.suite;

import dyno.job.JobView;
import dyno.web.ProblemException;
import java.util.List;
import java.util.UUID;

/// What became of a suite that was submitted.
///
/// @param suiteRun UUIDv7; the label `suiteRun` of all its jobs
/// @param jobs     that were accepted, in the suite's order; the label `job` in their spec tells which is which
/// @param skipped  that this node cannot run
record SubmittedSuite(UUID suiteRun, List<JobView> jobs, List<SkippedJob> skipped) {

    /// @param name   in the suite
    /// @param code   of the problem that submitting the job alone would have had
    /// @param reason its detail
    record SkippedJob(String name, String code, String reason) {

        static SkippedJob of(String name, ProblemException refusal) {
            return new SkippedJob(name, refusal.code().code(), String.valueOf(refusal.getMessage()));
        }
    }
}
