package dyno.suite;

import dyno.job.JobView;
import dyno.suite.SubmittedSuite.SkippedJob;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a schedule submitted.
///
/// @param suiteRun null where it submits a job
/// @param skipped  jobs of the suite that this node cannot run
record ScheduledSubmission(@Nullable UUID suiteRun, List<JobView> jobs, List<SkippedJob> skipped) {

    static ScheduledSubmission of(SubmittedSuite submitted) {
        return new ScheduledSubmission(submitted.suiteRun(), submitted.jobs(), submitted.skipped());
    }

    List<UUID> jobIds() {
        return jobs.stream().map(JobView::id).toList();
    }

    /// Why nothing was submitted, where that is so.
    String whyEmpty() {
        return skipped.stream()
                .map(job -> job.name() + ": " + job.reason())
                .collect(Collectors.joining("; ", "This node can run none of its jobs: ", ""));
    }
}
