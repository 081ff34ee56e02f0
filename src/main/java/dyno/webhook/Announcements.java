package dyno.webhook;

import dyno.job.JobEndStored;
import dyno.job.JobService;
import dyno.result.Alert;
import dyno.result.AlertRaised;
import dyno.result.ResultStore;
import dyno.result.Run;
import dyno.webhook.Message.AlertData;
import dyno.webhook.Message.JobData;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;

/// Hears of what webhooks are told, within the transactions in which it happens. Safe for any number of
/// threads.
final class Announcements {

    private final Outbox outbox;
    private final JobService jobs;
    private final ResultStore runs;

    Announcements(Outbox outbox, JobService jobs, ResultStore runs) {
        this.outbox = outbox;
        this.jobs = jobs;
        this.runs = runs;
    }

    @EventListener
    void on(JobEndStored event) {
        var job = jobs.require(event.job());
        outbox.add(EventType.of(job.state()), job.id(), job.labels(), JobData.of(job));
    }

    @EventListener
    void on(AlertRaised event) {
        var alert = event.alert();
        outbox.add(EventType.of(alert.kind()), alert.id(), labels(alert), AlertData.of(alert));
    }

    /// Those of its run; null where it is about none.
    private @Nullable Map<String, String> labels(Alert alert) {
        var run = alert.runId();
        return run == null ? null : runs.find(run, false).map(Run::labels).orElse(null);
    }
}
