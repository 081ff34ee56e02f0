package dyno.job;

import dyno.job.Payload.Draft;
import dyno.job.RunningJob.Unwanted;
import dyno.measurement.Stage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what a running job has to tell from a thread of its own, so that the database never delays a fork.
///
/// Progress is told at each stage's beginning and at most once a second within a stage, always between two
/// iterations; where the database is slower than that, only the newest is written. Everything else is kept until
/// it is written, or handed back at the end. Safe for any number of threads.
final class Journal {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RunningJob running;
    private final NodeQueue queue;
    private final LongSupplier nanoTime;
    private final Thread writer;

    private final Deque<Draft> unsaid = new ArrayDeque<>();
    private @Nullable Progress newest;
    private @Nullable Stage toldStage;
    private long toldAtNanos;
    private boolean closed;

    private Journal(RunningJob running, NodeQueue queue, LongSupplier nanoTime) {
        this.running = running;
        this.queue = queue;
        this.nanoTime = nanoTime;
        this.writer = Thread.ofPlatform()
                .name("dyno-journal-" + running.job().id())
                .daemon()
                .unstarted(this::write);
    }

    static Journal open(RunningJob running, NodeQueue queue, LongSupplier nanoTime) {
        var journal = new Journal(running, queue, nanoTime);
        journal.writer.start();
        return journal;
    }

    synchronized void tell(Draft event) {
        unsaid.add(event);
        notifyAll();
    }

    /// Returns at once, whatever the database does.
    synchronized void tell(Progress progress) {
        long now = nanoTime.getAsLong();
        boolean begins = progress.stage() != toldStage || progress.iteration() == 0;
        if (begins || now - toldAtNanos >= PROGRESS_NANOS) {
            toldStage = progress.stage();
            toldAtNanos = now;
            newest = progress;
            notifyAll();
        }
    }

    /// Ends the writing.
    ///
    /// @return what was not written, in order; progress is of no interest any more
    List<Draft> close() throws InterruptedException {
        synchronized (this) {
            closed = true;
            newest = null;
            notifyAll();
        }
        writer.join();
        return List.copyOf(unsaid);
    }

    private void write() {
        try {
            for (var batch = next(); batch != null; batch = next()) {
                write(batch);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but a JVM that ends.
            Thread.currentThread().interrupt();
        }
    }

    private record Batch(@Nullable Progress progress, List<Draft> events) {

        List<Draft> drafts() {
            var drafts = new ArrayList<>(events);
            if (progress != null) {
                drafts.add(Draft.progress(progress));
            }
            return drafts;
        }
    }

    private synchronized @Nullable Batch next() throws InterruptedException {
        while (!closed && unsaid.isEmpty() && newest == null) {
            wait();
        }
        if (closed) {
            return null;
        }
        var batch = new Batch(newest, new ArrayList<>(unsaid));
        newest = null;
        unsaid.clear();
        return batch;
    }

    private void write(Batch batch) throws InterruptedException {
        boolean mine;
        try {
            mine = queue.claims().append(running.claim(), batch.progress(), batch.drafts(), queue.now());
        } catch (RuntimeException e) {
            LOG.warn("job {}: events wait for the database: {}", running.job().id(), e.getMessage());
            putBack(batch);
            return;
        }
        if (!mine) {
            running.giveUp(Unwanted.LOST);
        }
    }

    private synchronized void putBack(Batch batch) throws InterruptedException {
        batch.events().reversed().forEach(unsaid::addFirst);
        long end = nanoTime.getAsLong() + RETRY_NANOS;
        long left = RETRY_NANOS;
        while (!closed && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - nanoTime.getAsLong();
        }
    }
}
