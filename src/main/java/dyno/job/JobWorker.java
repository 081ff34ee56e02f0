package dyno.job;

import dyno.job.RunningJob.Unwanted;
import dyno.measurement.Plan.Mode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Claims jobs for this node and runs them: one measured job and nothing beside it, or several smoke jobs.
///
/// One thread claims, each job has another. Used from start to stop by one owner; [#heard] may be called by any
/// thread.
final class JobWorker {

    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);

    private static final long IDLE_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /// Nothing can be claimed beside a measured job, so looking seldom costs nothing and disturbs it less.
    private static final long MEASURING_POLL_NANOS = TimeUnit.SECONDS.toNanos(5);

    /// After the database was away, other nodes need the time to renew their leases that they need anyway.
    private static final Duration AMNESTY = ClaimStore.LEASE.plus(Leases.PERIOD);

    /// A database that does not answer must not keep a node from stopping; the lease ends by itself then.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// How often old runs are looked for, while nothing is measured.
    private static final Duration TIDY_PERIOD = Duration.ofMinutes(10);

    /// @param name      of this node
    /// @param smokeJobs how many may run at once
    /// @param capacity  the memory that they share, or that a measured one may have
    /// @param threads   gives each job its own
    record Node(String name, int smokeJobs, Capacity capacity, ThreadFactory threads) {}

    private final Node node;
    private final NodeQueue queue;
    private final JobRunner runner;
    private final Leases leases;
    private final HostLock hostLock;

    private final Signal signal = new Signal();
    private final Map<UUID, Thread> threads = new ConcurrentHashMap<>();
    private final Thread dispatcher;
    private volatile boolean stopped;
    private volatile boolean hostLockIsDue;
    private volatile boolean boundIsDue;
    private boolean isQueueAway;
    private Rest amnesty = Rest.OVER;
    private Rest tidied = Rest.OVER;

    JobWorker(Node node, NodeQueue queue, JobRunner runner, Leases leases, HostLock hostLock) {
        this.node = node;
        this.queue = queue;
        this.runner = runner;
        this.leases = leases;
        this.hostLock = hostLock;
        this.dispatcher = Thread.ofPlatform().name("dyno-dispatcher").unstarted(this::dispatch);
    }

    /// Stores what this node measured in its earlier life, puts back what it did not finish and begins to claim.
    void start() {
        runner.storeSpooled();
        queue.claims()
                .recoverOwn(node.name(), queue.now())
                .forEach(id -> queue.news().recovered(id, JobRecovered.Cause.NODE_RESTARTED));
        leases.start();
        dispatcher.start();
    }

    /// Claims no more, interrupts what runs and puts it back.
    void stop() throws InterruptedException {
        stopped = true;
        signal.raise();
        dispatcher.join();
        leases.kept().forEach(running -> running.giveUp(Unwanted.STOPPING));
        for (var thread : threads.values()) {
            thread.join(PATIENCE);
        }
        leases.stop();
    }

    /// Something happened to a job: it may wait to be claimed, or be cancelled while it runs here.
    void heard(UUID job) {
        leases.suspect(job);
        signal.raise();
    }

    private void dispatch() {
        try (hostLock) {
            while (!stopped) {
                look();
                signal.await(isMeasuring() ? MEASURING_POLL_NANOS : IDLE_POLL_NANOS, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but a JVM that ends.
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.error("the lock of this host cannot be used; this node claims no more jobs", e);
        }
    }

    private void look() throws IOException {
        if (hostLockIsDue) {
            hostLockIsDue = false;
            hostLock.release();
        }
        try {
            if (queue.now().isBefore(amnesty.from())) {
                // The clock was set back; whether the others had their time, nobody knows.
                amnesty = Rest.of(AMNESTY, queue.now());
            }
            if (amnesty.isOver(queue.now())) {
                recover();
            }
            if (tidied.isOver(queue.now()) && !isMeasuring()) {
                runner.files().removeOld(queue.now());
                runner.files().removeOrphans();
                tidied = queue.claims().forgetSmokeRuns(queue.now()) ? Rest.OVER : Rest.of(TIDY_PERIOD, queue.now());
                boundIsDue = true;
            }
            // This thread alone begins jobs: none can come in between.
            if (boundIsDue && threads.isEmpty()) {
                boundIsDue = false;
                runner.files().bound(queue.now());
            }
            boolean claimed;
            do {
                claimed = claim();
            } while (claimed && !stopped);
            if (isQueueAway) {
                LOG.info("the queue is back");
                isQueueAway = false;
            }
        } catch (RuntimeException e) {
            lose(e);
        }
    }

    private void lose(RuntimeException failure) throws IOException {
        if (!Outage.is(failure)) {
            LOG.error("the queue refuses", failure);
        } else if (!isQueueAway) {
            LOG.warn("the queue is out of reach: {}", failure.getMessage());
        }
        isQueueAway = true;
        amnesty = Rest.of(AMNESTY, queue.now());
        if (!isMeasuring()) {
            hostLock.release();
        }
    }

    private void recover() {
        Set<UUID> own = new HashSet<>(threads.keySet());
        for (var id : queue.claims().recoverExpired(own, queue.now())) {
            LOG.warn("job {} was lost by its node", id);
            queue.news().recovered(id, JobRecovered.Cause.LEASE_EXPIRED);
        }
    }

    /// @return whether a job was claimed
    private boolean claim() throws IOException {
        if (leases.isEvicted()) {
            // Others on this host may measure.
            hostLock.release();
            return false;
        }
        if (isMeasuring()) {
            return false;
        }
        var claimant = new Claimant(node.name(), node.capacity(), Set.copyOf(threads.keySet()));
        var head = queue.claims().head(claimant);
        if (head.isEmpty() || head.get() != Mode.MEASURE) {
            hostLock.release();
        }
        var room = head.isEmpty() ? Room.NONE : room(head.get());
        if (room.equals(Room.NONE)) {
            return false;
        }
        var claim = queue.claims().claim(claimant, room, queue.now());
        if (claim.isEmpty()) {
            hostLock.release();
            return false;
        }
        run(new RunningJob(queue.jobs().require(claim.get().job()), claim.get()));
        return true;
    }

    private Room room(Mode head) throws IOException {
        if (head == Mode.MEASURE) {
            return threads.isEmpty() && hostLock.tryAcquire() ? new Room(true, -1) : Room.NONE;
        }
        if (threads.size() >= node.smokeJobs()) {
            return Room.NONE;
        }
        long lent = leases.kept().stream()
                .mapToLong(running -> running.job().memoryBytes())
                .sum();
        return new Room(false, node.capacity().memoryBytes(Mode.SMOKE) - lent);
    }

    /// Whether a measured job runs here at this moment; asked by any thread.
    boolean isMeasuring() {
        return leases.kept().stream().anyMatch(running -> running.job().mode() == Mode.MEASURE);
    }

    private void run(RunningJob running) {
        leases.keep(running);
        var id = running.job().id();
        var thread = node.threads().newThread(() -> run(id, running));
        thread.setName("dyno-job-" + id);
        threads.put(id, thread);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            // No thread is to be had, though memory may be: the job is another node's, or this one's in a while.
            threads.remove(id);
            leases.drop(running);
            queue.claims().release(running.claim(), queue.now());
            throw new IllegalStateException("Job %s goes back into the queue: %s".formatted(id, e.getMessage()), e);
        }
    }

    private void run(UUID id, RunningJob running) {
        try {
            runner.run(running, () -> giveUpHostLock(running.job().mode()));
        } catch (InterruptedException e) {
            // Only a JVM that ends interrupts what a job does beside measuring.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("job {} is left to whoever finds its lease expired", id, e);
        } finally {
            leases.drop(running);
            threads.remove(id);
            signal.raise();
        }
    }

    private void giveUpHostLock(Mode mode) {
        if (mode == Mode.MEASURE) {
            hostLockIsDue = true;
            boundIsDue = true;
            signal.raise();
        }
    }
}
