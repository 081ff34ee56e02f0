package dyno.job;

import dyno.measurement.Plan;
import java.time.Duration;
import java.util.List;

/// What a worker needs to know to measure a job.
///
/// @param running     tells whether the result is still wanted
/// @param timeout     of the whole job
/// @param caseTimeout of the forks of one case together
record MeasuredJob(RunningJob running, Plan plan, List<PlannedCase> cases, Duration timeout, Duration caseTimeout) {

    /// Reads what the job's spec says; its defaults were filled in when it was accepted.
    static MeasuredJob of(RunningJob running, List<PlannedCase> cases) {
        var job = running.job();
        var faults = new Faults();
        var fields = Fields.of(job.spec(), "", faults);
        var plan = PlanSpec.read(fields.take("plan"), "/plan", faults).orElse(Plan.defaults(job.mode()));
        var timeout = fields.integer("timeoutSeconds", 1, Integer.MAX_VALUE);
        var caseTimeout = fields.integer("caseTimeoutSeconds", 1, Integer.MAX_VALUE);
        if (!faults.isEmpty() || timeout == null || caseTimeout == null) {
            throw new IllegalStateException("Job %s was stored wrongly: %s".formatted(job.id(), faults.found()));
        }
        return new MeasuredJob(running, plan, cases, Duration.ofSeconds(timeout), Duration.ofSeconds(caseTimeout));
    }

    Job job() {
        return running.job();
    }

    /// @throws InterruptedException where the result is not wanted any more
    void requireWanted() throws InterruptedException {
        if (running.unwanted() != null) {
            throw new InterruptedException();
        }
    }
}
