package dyno.engine.etl;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The threads `dyno-etl-…` of a trial: started once, lent to its runs. Safe for any number of threads.
final class Crew implements AutoCloseable {

    static final String NAME = "dyno-etl-";

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private final ThreadPoolExecutor threads;

    /// @param size tasks that can run at once; no more are ever given
    Crew(int size) {
        this.threads = new ThreadPoolExecutor(
                size,
                size,
                0,
                TimeUnit.NANOSECONDS,
                new LinkedBlockingQueue<>(),
                task -> Thread.ofPlatform()
                        .daemon()
                        .name(NAME + made.incrementAndGet())
                        .unstarted(task));
        int _ = threads.prestartAllCoreThreads();
    }

    void execute(Runnable task) {
        busy.incrementAndGet();
        threads.execute(() -> {
            try {
                task.run();
            } finally {
                busy.decrementAndGet();
            }
        });
    }

    /// Tasks that have not ended.
    int busy() {
        return busy.get();
    }

    /// Ends the threads and waits for them.
    @Override
    public void close() {
        threads.shutdownNow();
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            try {
                boolean _ = threads.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
