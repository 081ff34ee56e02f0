package dyno.engine.aggregation;

import dyno.engine.kernel.WorkerFailureException;
import dyno.engine.kernel.WorkerPool;
import java.io.IOException;

/// The engine's threads, and what one of them threw as its caller would have it. Used by one thread at
/// a time.
final class Threads implements AutoCloseable {

    private final WorkerPool pool;

    /// @param count at least 1
    /// @param name  what the threads' names begin with
    Threads(int count, String name) {
        this.pool = new WorkerPool(count, name, WorkerPool.Waiting.PARK);
    }

    int count() {
        return pool.threads();
    }

    /// Whether one failed: the others end between pieces of work.
    boolean isStopping() {
        return pool.isStopping();
    }

    /// Runs `task` on all of them, with their numbers from 0.
    void run(WorkerPool.Task task) throws IOException, InterruptedException {
        try {
            pool.run(task);
        } catch (WorkerFailureException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case IOException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
