package dyno.engine.marc;

import dyno.engine.Cancellation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The threads of a trial, and what tells all of them to stop. Used by one thread at a time.
final class Workers implements Cancellation, AutoCloseable {

    private static final AtomicInteger TRIALS = new AtomicInteger();

    /// How often a thread without work looks for some before it sleeps: about 50 microseconds, the time that waking
    /// it would take. Invocations follow one another closer than that.
    private static final int SPINS = 2_000;

    private final Cancellation cancellation;
    private final ThreadPoolExecutor pool;
    private final int threads;
    private volatile boolean isStopped;

    Workers(int threads, Cancellation cancellation) {
        this.threads = threads;
        this.cancellation = cancellation;
        int trial = TRIALS.incrementAndGet();
        this.pool = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new AttentiveQueue(),
                Thread.ofPlatform().daemon().name("marc-" + trial + "-", 0).factory());
    }

    int threads() {
        return threads;
    }

    @Override
    public boolean isCancelled() {
        return isStopped || cancellation.isCancelled() || Thread.currentThread().isInterrupted();
    }

    /// Runs all tasks, as many at a time as there are threads, and waits for all of them, whatever happens:
    /// nothing of them is at work any more when this returns or throws.
    ///
    /// @return their results, in order
    /// @throws InterruptedException when the thread is interrupted
    <T> List<T> runAll(List<? extends Callable<T>> tasks) throws IOException, InterruptedException {
        return results(tasks, null);
    }

    private <T> List<T> results(List<? extends Callable<T>> tasks, @Nullable FutureTask<T> here)
            throws IOException, InterruptedException {
        var futures = new ArrayList<Future<T>>(tasks.size() + 1);
        try {
            for (var task : tasks) {
                futures.add(pool.submit(() -> stopOthersOnFailure(task)));
            }
            if (here != null) {
                here.run();
                futures.addFirst(here);
            }
            awaitAttentively(futures);
            var results = new ArrayList<T>(futures.size());
            Throwable failure = null;
            for (var future : futures) {
                try {
                    results.add(future.get());
                } catch (ExecutionException e) {
                    failure = worse(failure, e.getCause() == null ? e : e.getCause());
                }
            }
            if (failure != null) {
                throw rethrown(failure);
            }
            return results;
        } finally {
            end(futures);
        }
    }

    /// Like [#runAll], but runs the first task on the calling thread, which would wait otherwise; waking another
    /// thread takes about as long as reading a thousand records.
    ///
    /// @throws CancellationException when the thread is interrupted while its task looks at this
    <T> List<T> runAllHere(List<? extends Callable<T>> tasks) throws IOException, InterruptedException {
        // The pool starts a thread for each task up to this number, even if one is idle, and wakes one for each task;
        // one thread too many would take a core from those at work.
        pool.setCorePoolSize(Math.max(1, threads - 1));
        var first = new FutureTask<T>(() -> stopOthersOnFailure(tasks.getFirst()));
        return results(tasks.subList(1, tasks.size()), first);
    }

    private static void awaitAttentively(List<? extends Future<?>> futures) {
        for (int i = 0; i < SPINS && !futures.getLast().isDone(); i++) {
            Thread.onSpinWait();
        }
    }

    private <T> T stopOthersOnFailure(Callable<T> task) throws Exception {
        check();
        boolean isDone = false;
        try {
            T result = task.call();
            isDone = true;
            return result;
        } finally {
            if (!isDone) {
                isStopped = true;
            }
        }
    }

    /// A task that failed tells more than those that were stopped because of it.
    private static Throwable worse(@Nullable Throwable first, Throwable next) {
        return first == null || first instanceof CancellationException ? next : first;
    }

    private static RuntimeException rethrown(Throwable failure) throws IOException {
        switch (failure) {
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    private void end(List<? extends Future<?>> futures) {
        isStopped = true;
        boolean wasInterrupted = false;
        for (var future : futures) {
            while (!future.isDone()) {
                try {
                    future.get();
                } catch (InterruptedException e) {
                    wasInterrupted = true;
                } catch (ExecutionException e) {
                    break;
                }
            }
        }
        isStopped = false;
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        isStopped = true;
        pool.shutdownNow();
        try {
            if (!pool.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Threads of the trial do not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Tasks that wait. Whoever finds none looks again for a moment before it sleeps.
    private static final class AttentiveQueue extends LinkedBlockingQueue<Runnable> {

        private static final long serialVersionUID = 1;

        @Override
        public Runnable take() throws InterruptedException {
            for (int i = 0; i < SPINS; i++) {
                var task = poll();
                if (task != null) {
                    return task;
                }
                Thread.onSpinWait();
            }
            return super.take();
        }
    }
}
