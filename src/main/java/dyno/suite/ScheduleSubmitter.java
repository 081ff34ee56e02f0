package dyno.suite;

import dyno.job.Job;
import dyno.job.JobService;
import dyno.job.Submission;
import dyno.suite.SubmittedSuite.SkippedJob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Submits what a schedule names. Safe for any number of threads.
final class ScheduleSubmitter {

    private final SuiteService suites;
    private final JobService jobs;

    ScheduleSubmitter(SuiteService suites, JobService jobs) {
        this.suites = suites;
        this.jobs = jobs;
    }

    /// Joins the transaction of the calling thread.
    ///
    /// @throws ProblemException where nothing is submitted
    ScheduledSubmission submit(Schedule schedule) {
        if (schedule.suite() != null) {
            return ScheduledSubmission.of(suites.submit(schedule.suite(), Submission.SCHEDULE));
        }
        var tree = new LinkedHashMap<String, @Nullable Object>(Objects.requireNonNull(schedule.job()));
        Job job = jobs.submit(tree, Submission.SCHEDULE);
        return new ScheduledSubmission(null, jobs.views(List.of(job)), List.<SkippedJob>of());
    }
}
