package dyno.job;

import com.github.f4b6a3.uuid.UuidCreator;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Takes jobs, shows them, cancels them. Safe for any number of threads.
public final class JobService {

    /// A queue that is full drains a job at a time; a shutdown is over sooner.
    private static final Duration QUEUE_RETRY = Duration.ofSeconds(30);

    /// Jobs that are counted in less time than one is stored in.
    private static final int LONG_QUEUE = 250;

    private static final Duration SHUTDOWN_RETRY = Duration.ofSeconds(10);

    private final Admission admission;
    private final JobStore jobs;
    private final JobNews news;
    private final InstantSource clock;
    private final int queueCapacity;
    private final WaitingJobs waiting;
    private volatile boolean shuttingDown;

    JobService(Admission admission, JobStore jobs, JobNews news, InstantSource clock, int queueCapacity) {
        this.admission = admission;
        this.jobs = jobs;
        this.news = news;
        this.clock = clock;
        this.queueCapacity = queueCapacity;
        this.waiting = new WaitingJobs(jobs::waitingByPriority, clock);
    }

    /// Queues a job.
    ///
    /// @param body the submission as a strict JSON parser gives it
    /// @throws ProblemException with everything that is wrong; `queue-full`, `shutting-down`
    public Job submit(@Nullable Object body, Submission source) {
        PlannedJob planned;
        var phase = JobPhase.beginPlan();
        try {
            requireRunning();
            planned = admission.plan(body);
            requirePlace();
        } catch (ProblemException e) {
            news.rejected(e.code().code());
            throw e;
        } finally {
            phase.commit();
        }
        var id = UuidCreator.getTimeOrderedEpoch();
        var job = jobs.add(id, planned, clock.instant());
        waiting.add(job.priority());
        news.submitted(job, source);
        return job;
    }

    /// What [#submit] would measure; nothing is stored.
    ///
    /// @throws ProblemException with everything that is wrong
    public DryRun dryRun(@Nullable Object body) {
        return DryRun.of(admission.plan(body));
    }

    /// Jobs that have not ended and carry a label, with its value.
    Map<UUID, String> unfinishedWith(String label) {
        return jobs.unfinishedWith(label);
    }

    public Optional<Job> find(UUID id) {
        return jobs.find(id);
    }

    /// @throws ProblemException `not-found`
    public Job require(UUID id) {
        return find(id).orElseThrow(
                        () -> new ProblemException(ProblemCode.NOT_FOUND, "There is no job '%s'".formatted(id)));
    }

    /// Cancels a job that waits or runs; its node hears of it and ends what it is doing.
    ///
    /// @throws ProblemException `not-found`, `job-finished`
    public Job cancel(UUID id) {
        var job = require(id);
        if (!jobs.cancel(id, clock.instant())) {
            throw new ProblemException(
                    ProblemCode.JOB_FINISHED,
                    "Job %s is %s already".formatted(id, require(id).state()));
        }
        news.finished(job.id(), null);
        return require(id);
    }

    /// As the API shows them, all at one moment.
    public List<JobView> views(List<Job> shown) {
        var positions = jobs.positions();
        return shown.stream()
                .map(job -> JobView.of(job, positions.get(job.id())))
                .toList();
    }

    /// Newest first, at most one more than the filter's limit.
    List<Job> list(JobFilter filter) {
        return jobs.list(filter);
    }

    /// Place of a job that was just accepted; in a long queue, where nobody counts, as nearly as is known.
    Optional<Integer> firstPosition(Job job) {
        long known = waiting.ofPriority(job.priority());
        return known < LONG_QUEUE ? jobs.position(job) : Optional.of(Math.toIntExact(known));
    }

    /// Place of one job in the queue; empty where it does not wait.
    Optional<Integer> position(Job job) {
        return jobs.position(job);
    }

    /// How many jobs are in each state; all states are there.
    public Map<JobState, Long> counts() {
        return jobs.counts();
    }

    /// When the job that has waited longest was accepted; empty where none waits.
    public Optional<Instant> oldestWaiting() {
        return jobs.oldestWaiting();
    }

    /// Jobs that may wait before further ones are refused.
    public int queueCapacity() {
        return queueCapacity;
    }

    /// Refuses jobs from now on.
    void shutDown() {
        shuttingDown = true;
    }

    private void requireRunning() {
        if (shuttingDown) {
            throw new ProblemException(
                    ProblemCode.SHUTTING_DOWN, "The service is shutting down", List.of(), SHUTDOWN_RETRY);
        }
    }

    private void requirePlace() {
        long known = waiting.atMost(queueCapacity);
        if (known >= queueCapacity) {
            var detail = "%d jobs wait already, and no more than %d may".formatted(known, queueCapacity);
            throw new ProblemException(ProblemCode.QUEUE_FULL, detail, List.of(), QUEUE_RETRY);
        }
    }
}
