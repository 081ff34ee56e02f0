package dyno.job;

import dyno.result.Run;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Tells other features what happened to jobs, after it was committed. Safe for any number of threads.
final class JobNews {

    private final ApplicationEventPublisher events;
    private final JobStore jobs;

    JobNews(ApplicationEventPublisher events, JobStore jobs) {
        this.events = events;
        this.jobs = jobs;
    }

    /// A submission may be part of a transaction that keeps the answer for its Idempotency-Key.
    void submitted(Job job, Submission source) {
        var submitted = new JobSubmitted(job, source);
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            events.publishEvent(submitted);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                events.publishEvent(submitted);
            }
        });
    }

    void rejected(String reason) {
        events.publishEvent(new JobRejected(reason));
    }

    void started(Job job) {
        events.publishEvent(new JobStarted(job));
    }

    void finished(UUID id, @Nullable Run run) {
        events.publishEvent(new JobFinished(jobs.require(id), run));
    }

    /// A job that was lost for the second time is finished as well.
    void recovered(UUID id, JobRecovered.Cause cause) {
        var job = jobs.require(id);
        events.publishEvent(new JobRecovered(job, cause));
        if (job.state().isFinal()) {
            events.publishEvent(new JobFinished(job, null));
        }
    }
}
