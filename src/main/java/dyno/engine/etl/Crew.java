package dyno.engine.etl;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The threads `dyno-etl-…` of a trial: started once, lent to its runs. Safe for any number of threads.
final class Crew implements AutoCloseable {

    static final String NAME = "dyno-etl-";

    private final AtomicInteger busy = new AtomicInteger();
    private final List<Thread> made = new CopyOnWriteArrayList<>();
    private final ThreadPoolExecutor threads;

    /// @param size tasks that can run at once; no more are ever given
    Crew(int size) {
        this.threads =
                new ThreadPoolExecutor(size, size, 0, TimeUnit.NANOSECONDS, new LinkedBlockingQueue<>(), this::thread);
        int _ = threads.prestartAllCoreThreads();
    }

    private Thread thread(Runnable loop) {
        var thread = Thread.ofPlatform().daemon().name(NAME + (made.size() + 1)).unstarted(loop);
        made.add(thread);
        return thread;
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

    /// Ends the threads and waits until they are gone: the executor calls itself terminated while its last thread is
    /// still about to be.
    @Override
    public void close() {
        threads.shutdownNow();
        boolean interrupted = false;
        for (var thread : made) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
