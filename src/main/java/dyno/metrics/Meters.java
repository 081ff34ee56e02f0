package dyno.metrics;

import dyno.catalog.EngineCatalog;
import dyno.job.Job;
import dyno.job.JobFinished;
import dyno.job.JobRecovered;
import dyno.job.JobRejected;
import dyno.job.JobStarted;
import dyno.job.JobState;
import dyno.job.JobSubmitted;
import dyno.job.Submission;
import dyno.measurement.MeasuredFork;
import dyno.measurement.Plan.Mode;
import dyno.metrics.SuiteCaseMeters.SuiteCase;
import dyno.result.CaseResult;
import dyno.result.LatestCases.LatestCase;
import dyno.result.Run;
import dyno.webhook.DeliveryTried;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.event.TransactionalEventListener;

/// The meters that follow from what happens to jobs.
///
/// All of them exist from the start, with every combination of their labels, at 0; only the figures of
/// suites' cases wait for a first result, were it one of before the start. Safe for any number of threads.
final class Meters {

    /// Why submissions are refused; anything else counts as `other`.
    private static final Set<String> REJECTIONS = Set.of(
            "unknown-field",
            "invalid-request",
            "unknown-engine",
            "unknown-dataset",
            "invalid-workload",
            "too-many-cases",
            "resource-limit",
            "queue-full",
            "shutting-down");

    private static final String OTHER = "other";

    private final MeterRegistry registry;
    private final Set<String> suites;
    private final SuiteCaseMeters suiteCases;

    /// @param suites names of the suites whose cases have figures of their own
    Meters(MeterRegistry registry, EngineCatalog catalog, Set<String> suites) {
        this.registry = registry;
        this.suites = suites;
        this.suiteCases = new SuiteCaseMeters(registry);
        for (var entry : catalog.entries()) {
            createAll(entry.engine().id());
        }
        REJECTIONS.forEach(this::rejected);
        rejected(OTHER);
        for (var cause : JobRecovered.Cause.values()) {
            recovered(cause);
        }
        for (var outcome : DeliveryTried.Outcome.values()) {
            webhookDeliveries(outcome);
        }
    }

    private void createAll(String engine) {
        queueWait(engine);
        iteration(engine);
        items(engine);
        bytes(engine);
        verifications(engine, true);
        verifications(engine, false);
        for (var mode : Mode.values()) {
            for (var source : Submission.values()) {
                submitted(engine, source, mode);
            }
            for (var state : JobState.values()) {
                if (state.isFinal()) {
                    finished(engine, mode, state);
                    runTime(engine, mode, state);
                }
            }
        }
    }

    /// Heard of once the job is committed; a submission that is rolled back was none.
    @TransactionalEventListener(fallbackExecution = true)
    void on(JobSubmitted event) {
        submitted(event.job().engine(), event.source(), event.job().mode()).increment();
    }

    @EventListener
    void on(JobRejected event) {
        rejected(REJECTIONS.contains(event.reason()) ? event.reason() : OTHER).increment();
    }

    @EventListener
    void on(JobStarted event) {
        var job = event.job();
        // A job that is started again did not wait all that time.
        if (job.attempt() <= 1 && job.startedAt() != null) {
            queueWait(job.engine()).record(between(job.createdAt(), job.startedAt()));
        }
    }

    @EventListener
    void on(JobRecovered event) {
        recovered(event.cause()).increment();
    }

    @EventListener
    void on(DeliveryTried event) {
        webhookDeliveries(event.outcome()).increment();
    }

    @EventListener
    void on(JobFinished event) {
        var job = event.job();
        finished(job.engine(), job.mode(), job.state()).increment();
        if (job.startedAt() != null && job.finishedAt() != null) {
            runTime(job.engine(), job.mode(), job.state()).record(between(job.startedAt(), job.finishedAt()));
        }
        if (event.run() != null) {
            measured(event.run());
            suiteResults(job, event.run());
        }
    }

    private void measured(Run run) {
        for (var result : run.cases()) {
            for (var fork : forks(result)) {
                verifications(run.engine(), fork.verification().isPassed()).increment();
                for (var sample : fork.samples()) {
                    iteration(run.engine()).record(sample.elapsedNanos(), TimeUnit.NANOSECONDS);
                    items(run.engine()).increment((double) sample.items());
                    bytes(run.engine()).increment((double) sample.bytes());
                }
            }
        }
    }

    private static List<MeasuredFork> forks(CaseResult result) {
        return result.forks() == null ? List.of() : result.forks();
    }

    /// Partial runs and smoke runs stay out of history, and out of the gauges that stand for it.
    private void suiteResults(Job job, Run run) {
        @Nullable String suite = job.labels().get("suite");
        if (suite == null || !suites.contains(suite)) {
            return;
        }
        if (job.state() != JobState.SUCCEEDED || job.mode() != Mode.MEASURE) {
            return;
        }
        for (var result : run.cases()) {
            suiteResult(new LatestCase(run.engine(), suite, job.labels().get("job"), run.finishedAt(), result));
        }
    }

    /// Shows again what was known before a restart. To be called before anything runs.
    ///
    /// @param cases of suites that have figures, the most important first
    void restore(List<LatestCase> cases) {
        cases.forEach(this::suiteResult);
    }

    private void suiteResult(LatestCase latest) {
        var result = latest.result();
        var name = Objects.requireNonNullElse(latest.job(), latest.engine());
        var suiteCase = new SuiteCase(latest.engine(), latest.suite(), name + "/" + result.name());
        if (result.score() != null && result.score().value() != null) {
            suiteCases.score(suiteCase, result.score());
            suiteCases.success(suiteCase, latest.finishedAt());
        }
        if (result.speedup() != null) {
            suiteCases.speedup(suiteCase, result.speedup());
        }
    }

    /// Never negative, though the two may have been taken on different nodes.
    private static Duration between(Instant from, Instant to) {
        return from.isBefore(to) ? Duration.between(from, to) : Duration.ZERO;
    }

    private Counter submitted(String engine, Submission source, Mode mode) {
        return Counter.builder("dyno.jobs.submitted")
                .description("Jobs that were accepted")
                .tags("engine", engine, "source", source.name(), "mode", mode.name())
                .register(registry);
    }

    private Counter rejected(String reason) {
        return Counter.builder("dyno.jobs.rejected")
                .description("Submissions that were refused")
                .tags("reason", reason)
                .register(registry);
    }

    private Counter finished(String engine, Mode mode, JobState outcome) {
        return Counter.builder("dyno.jobs.finished")
                .description("Jobs that ended")
                .tags("engine", engine, "mode", mode.name(), "outcome", outcome.name())
                .register(registry);
    }

    private Counter recovered(JobRecovered.Cause cause) {
        return Counter.builder("dyno.jobs.recovered")
                .description("Running jobs that were taken from a node that stopped or was lost")
                .tags("cause", cause.name())
                .register(registry);
    }

    private Counter webhookDeliveries(DeliveryTried.Outcome outcome) {
        return Counter.builder("dyno.webhook.deliveries")
                .description("Tries to deliver something to a webhook")
                .tags("outcome", outcome.name())
                .register(registry);
    }

    private Timer queueWait(String engine) {
        return Timer.builder("dyno.job.queue.wait")
                .description("From a job's submission to its first start")
                .tags("engine", engine)
                .serviceLevelObjectives(Buckets.queueWait())
                .register(registry);
    }

    private Timer runTime(String engine, Mode mode, JobState outcome) {
        return Timer.builder("dyno.job.run")
                .description("From a job's first start to its end")
                .tags("engine", engine, "mode", mode.name(), "outcome", outcome.name())
                .serviceLevelObjectives(Buckets.run())
                .register(registry);
    }

    private Timer iteration(String engine) {
        return Timer.builder("dyno.iteration")
                .description("Measured iterations, without those of warm-up")
                .tags("engine", engine)
                .serviceLevelObjectives(Buckets.iteration())
                .register(registry);
    }

    private Counter items(String engine) {
        return Counter.builder("dyno.engine.items")
                .description("Items of measured iterations")
                .tags("engine", engine)
                .register(registry);
    }

    private Counter bytes(String engine) {
        return Counter.builder("dyno.engine.bytes")
                .description("Bytes of measured iterations")
                .tags("engine", engine)
                .register(registry);
    }

    private Counter verifications(String engine, boolean passed) {
        return Counter.builder("dyno.verification")
                .description("Forks whose output was checked")
                .tags("engine", engine, "result", passed ? "PASSED" : "FAILED")
                .register(registry);
    }
}
