package dyno.engine.grouping;

import dyno.engine.Cancellation;
import dyno.engine.EngineException;
import dyno.engine.kernel.WorkerFailureException;
import dyno.engine.kernel.WorkerPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

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

    private final WorkerPool pool;
    private final Cancellation cancellation;

    Stage(int workers, Cancellation cancellation) {
        this.pool = new WorkerPool(workers, "grouping", WorkerPool.Waiting.PARK);
        this.cancellation = cancellation;
    }

    int workers() {
        return pool.threads();
    }

    WorkerPool pool() {
        return pool;
    }

    /// @throws CancellationException once the trial was cancelled or another worker failed
    void check() {
        cancellation.check();
        if (pool.isStopping()) {
            throw new CancellationException("stopped, since another worker failed or the trial was interrupted");
        }
    }

    /// Has every worker do `task`.
    void run(WorkerPool.Task task) throws IOException, InterruptedException {
        try {
            pool.run(task);
        } catch (WorkerFailureException e) {
            throw unwrap(e);
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

    private static RuntimeException unwrap(WorkerFailureException failure) throws IOException, InterruptedException {
        switch (Objects.requireNonNullElse(failure.getCause(), failure)) {
            case CancellationException e -> throw e;
            case EngineException e -> throw e;
            case UncheckedIOException e -> throw Objects.requireNonNull(e.getCause());
            case IOException e -> throw e;
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw failure;
        }
    }
}
