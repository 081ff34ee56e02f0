package dyno.engine.etl;

import dyno.engine.etl.PipelineSettings.Transforming;
import dyno.engine.etl.StageClock.Stage;
import dyno.engine.kernel.WorkerFailureException;
import dyno.engine.kernel.WorkerPool;
import dyno.engine.kernel.WorkerPool.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One worker's transforms: one after the other, in slices on idle cores, or waiting side by side.
///
/// Used by one worker.
final class TransformRunner<B extends Batch> implements AutoCloseable {

    /// As the peer has it: at least so many transforms of a batch wait at a time where nobody says how many.
    private static final int LEAST_WAITING = 10;

    /// A slice's hand-over takes some microseconds; batches that take less than this are not worth one.
    private static final long WORTH_SLICING_NANOS = 100_000;

    /// Batches transformed in one piece before it is decided.
    private static final int LEAST_MEASURED = 5;

    private final Transform.Transformer<B> transformer;
    private final @Nullable Consumer<B> copier;
    private final Transforming settings;
    private final Time time;
    private final int slices;
    private @Nullable WorkerPool pool;
    private double nanosPerRecord = Double.MAX_VALUE;
    private int measured;

    /// @param copier replaces every record of a batch by a deep copy; null where records are transformed in place
    TransformRunner(
            Transform.Transformer<B> transformer, @Nullable Consumer<B> copier, PipelineSettings settings, Time time) {
        this.transformer = transformer;
        this.copier = copier;
        this.settings = settings.transforming();
        this.time = time;
        int idle = Math.max(1, this.settings.processors() / settings.workers());
        this.slices = this.settings.concurrency() == 0 ? idle : Math.min(idle, this.settings.concurrency());
    }

    Results run(B batch, Tally tally, StageClock clock) throws InterruptedException {
        if (copier != null) {
            copier.accept(batch);
            clock.mark(Stage.COPY);
        }
        var results = transformer.start(batch);
        if (settings.waitNanos() > 0) {
            waiting(batch, tally, clock);
        } else if (slices > 1
                && measured >= LEAST_MEASURED
                && nanosPerRecord * batch.size() > WORTH_SLICING_NANOS
                && batch.size() >= slices) {
            inSlices(batch, tally, clock);
        } else {
            long start = slices > 1 ? time.nanos() : 0;
            transformer.slice(batch, 0, batch.size());
            if (slices > 1) {
                // The fastest so far: a thread that was set aside in the middle says nothing about its work.
                nanosPerRecord = Math.min(nanosPerRecord, (double) (time.nanos() - start) / batch.size());
                measured++;
            }
            tally.inFlight = Math.max(tally.inFlight, 1);
        }
        return results;
    }

    private void inSlices(B batch, Tally tally, StageClock clock) throws InterruptedException {
        var threads = pool;
        if (threads == null) {
            threads = new WorkerPool(slices, "dyno-etl-slice", Waiting.PARK);
            pool = threads;
        }
        int size = batch.size();
        var others = new AtomicLong();
        try {
            threads.run(slice -> {
                // Slice 0 is this thread's own, whose time its clock has.
                boolean isTimed = clock.isOn() && slice > 0;
                long start = isTimed ? time.cpuNanos() : 0;
                transformer.slice(
                        batch, (int) ((long) size * slice / slices), (int) ((long) size * (slice + 1) / slices));
                if (isTimed) {
                    others.addAndGet(time.cpuNanos() - start);
                }
            });
        } catch (WorkerFailureException e) {
            throw unwrap(e);
        }
        clock.addElsewhere(Stage.TRANSFORM, others.get());
        tally.inFlight = Math.max(tally.inFlight, slices);
    }

    private static RuntimeException unwrap(WorkerFailureException failure) {
        return switch (failure.getCause()) {
            case Error e -> throw e;
            case RuntimeException e -> e;
            case null, default -> failure;
        };
    }

    private void waiting(B batch, Tally tally, StageClock clock) throws InterruptedException {
        int most = settings.concurrency() == 0
                ? Math.max(LEAST_WAITING, 2 * settings.processors())
                : settings.concurrency();
        int atOnce = Math.min(batch.size(), most);
        tally.inFlight = Math.max(tally.inFlight, atOnce);
        var next = new AtomicInteger();
        if (atOnce == 1) {
            waitAndTransform(batch, next);
            return;
        }
        clock.forget(Stage.TRANSFORM, StageClock.VIRTUAL_THREADS);
        var failure = new AtomicReference<@Nullable Throwable>();
        var threads = new ArrayList<Thread>(atOnce);
        for (int i = 0; i < atOnce; i++) {
            threads.add(Thread.ofVirtual().name("dyno-etl-transform").start(() -> {
                try {
                    waitAndTransform(batch, next);
                } catch (Throwable e) {
                    // The others need not go on; what they throw then is a consequence.
                    next.set(Integer.MAX_VALUE / 2);
                    failure.compareAndSet(null, e);
                }
            }));
        }
        joinAll(threads, next);
        rethrow(failure.get());
    }

    private void waitAndTransform(B batch, AtomicInteger next) throws InterruptedException {
        int size = batch.size();
        for (int i = next.getAndIncrement(); i < size; i = next.getAndIncrement()) {
            time.sleep(settings.waitNanos());
            transformer.slice(batch, i, i + 1);
        }
    }

    /// Returns after the last one, so that nobody writes into rows that are used for the next batch.
    private static void joinAll(List<Thread> threads, AtomicInteger next) throws InterruptedException {
        InterruptedException interrupted = null;
        for (var thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = e;
                    next.set(Integer.MAX_VALUE / 2);
                    threads.forEach(Thread::interrupt);
                }
            }
        }
        if (interrupted != null) {
            throw interrupted;
        }
    }

    private static void rethrow(@Nullable Throwable failure) throws InterruptedException {
        switch (failure) {
            case null -> {
                // All transformed.
            }
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
        }
    }
}
