package dyno.engine.grouping;

import dyno.engine.Cancellation;
import dyno.engine.kernel.WorkerFailureException;
import dyno.engine.kernel.WorkerPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs work of a trial on its workers, and says what went wrong in the words of the worker that it went wrong in.
///
/// Used by one thread at a time; what it runs asks [#check] between pieces.
final class Stage implements AutoCloseable {

    /// A piece of work that stands by itself.
    @FunctionalInterface
    interface Piece {
        /// @param worker 0 … workers − 1: who does it
        void run(int piece, int worker) throws Exception;
    }

    /// Ends a worker because of something that happened elsewhere, which is told instead of this.
    static final class StoppedException extends CancellationException {

        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("stopped, since another worker failed or the trial was interrupted");
        }
    }

    private final WorkerPool pool;
    private final Cancellation cancellation;
    private final AtomicReference<@Nullable Throwable> cause = new AtomicReference<>();

    Stage(int workers, Cancellation cancellation) {
        this.pool = new WorkerPool(workers, "grouping", WorkerPool.Waiting.PARK);
        this.cancellation = cancellation;
    }

    int workers() {
        return pool.threads();
    }

    /// @throws CancellationException once the trial was cancelled
    /// @throws StoppedException      once another worker failed or the trial's thread was interrupted
    void check() {
        cancellation.check();
        if (pool.isStopping() || cause.get() != null) {
            throw new StoppedException();
        }
    }

    /// Has every worker do `task`. The first cause of a failure is thrown, later ones are suppressed in it.
    void run(WorkerPool.Task task) throws IOException, InterruptedException {
        cause.set(null);
        try {
            pool.run(worker -> attempt(task, worker));
        } catch (WorkerFailureException e) {
            var first = cause.getAndSet(null);
            if (first == null && Thread.interrupted()) {
                throw new InterruptedException("interrupted while workers were busy");
            }
            throw rethrown(Objects.requireNonNullElse(first, Objects.requireNonNullElse(e.getCause(), e)));
        } finally {
            cause.set(null);
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private void attempt(WorkerPool.Task task, int worker) throws Exception {
        try {
            task.run(worker);
        } catch (StoppedException e) {
            throw e;
        } catch (Throwable e) {
            if (!cause.compareAndSet(null, e)) {
                var first = cause.get();
                if (first != null && first != e) {
                    first.addSuppressed(e);
                }
            }
            throw e;
        }
    }

    /// Deals pieces 0 … count − 1 to whoever is free.
    void deal(int count, Piece work) throws IOException, InterruptedException {
        var next = new AtomicInteger();
        run(worker -> {
            for (int piece = next.getAndIncrement(); piece < count; piece = next.getAndIncrement()) {
                check();
                work.run(piece, worker);
            }
        });
    }

    @Override
    public void close() {
        pool.close();
    }

    private static RuntimeException rethrown(Throwable cause) throws IOException, InterruptedException {
        return switch (cause) {
            case UncheckedIOException e -> throw Objects.requireNonNull(e.getCause());
            case IOException e -> throw e;
            case InterruptedException e -> throw e;
            case Error e -> throw e;
            case RuntimeException e -> e;
            default -> new IllegalStateException(cause);
        };
    }
}
