package dyno.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Threads that are made once and then do one task after the other together with the thread that calls them.
///
/// A call costs a fraction of a microsecond as long as calls follow each other within the time that waiting
/// threads spin (benchmark: `HandoffBenchmark.spinThenPark`), and allocates nothing. Workers are daemon
/// platform threads. One caller at a time.
public final class WorkerPool implements AutoCloseable {

    /// What every worker does in a call.
    @FunctionalInterface
    public interface Task {
        /// @param worker 0 for the calling thread, 1 … threads - 1 for the others
        void run(int worker) throws Exception;
    }

    /// How a thread waits for the next call, or for the last worker of one.
    public enum Waiting {
        /// Spins for some tens of microseconds, then parks: for as many threads as processors at most.
        SPIN_THEN_PARK,
        /// Parks at once: spinning would take the processor from the very thread that is waited for.
        PARK
    }

    /// A new pool of platform threads takes about a millisecond to answer and a parked thread 5 µs; four times
    /// that is long enough to bridge back-to-back calls and short enough not to show in CPU time.
    private static final long SPIN_NANOS = 20_000;

    private final Waiting waiting;
    private final Task starts;
    private final List<Worker> workers = new ArrayList<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicReference<@Nullable WorkerFailureException> failure = new AtomicReference<>();
    private volatile @Nullable Thread waiter;
    private volatile @Nullable Task task;
    private final AtomicInteger call = new AtomicInteger();
    private volatile boolean stopping;
    private volatile boolean closed;

    /// A pool whose threads need no preparation.
    public WorkerPool(int threads, String name, Waiting waiting) {
        this(threads, name, waiting, worker -> {});
    }

    /// @param threads at least 1, the caller among them; 1 makes no thread
    /// @param name    prefix of the threads' names
    /// @param starts  done by each made thread once, before its first task: pinning to a processor, say; what it
    ///                throws ends the first call
    public WorkerPool(int threads, String name, Waiting waiting, Task starts) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is %d; a pool has at least its caller".formatted(threads));
        }
        this.waiting = waiting;
        for (int index = 1; index < threads; index++) {
            workers.add(new Worker(index));
        }
        this.starts = starts;
        try {
            for (var worker : workers) {
                worker.thread = Thread.ofPlatform()
                        .daemon()
                        .name(name + "-" + worker.index)
                        .start(worker);
            }
        } catch (OutOfMemoryError e) {
            close();
            throw e;
        }
    }

    /// Threads that do a task, the caller among them.
    public int threads() {
        return workers.size() + 1;
    }

    /// Whether a worker of the current call failed or its caller was interrupted: tasks that take long ask
    /// between pieces, and return.
    public boolean isStopping() {
        return stopping;
    }

    /// Has every worker do `next`, the caller as worker 0, and returns when the last is done.
    ///
    /// @throws WorkerFailureException when one throws; the others have ended by then
    /// @throws InterruptedException   when the caller is interrupted meanwhile; the others have ended by then
    /// @throws IllegalStateException  after [#close]
    public void run(Task next) throws InterruptedException {
        if (closed) {
            throw new IllegalStateException("The worker pool is closed");
        }
        stopping = false;
        if (!workers.isEmpty()) {
            pending.set(workers.size());
            task = next;
            call.incrementAndGet();
            wakeWorkers();
        }
        attempt(next, 0);
        awaitWorkers();
        task = null;
        var failed = failure.getAndSet(null);
        if (failed != null) {
            throw failed;
        }
        if (stopping && Thread.interrupted()) {
            throw new InterruptedException("interrupted while workers were busy");
        }
    }

    /// Ends the threads and waits for them.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        call.incrementAndGet();
        boolean interrupted = false;
        for (var worker : workers) {
            var thread = worker.thread;
            if (thread == null) {
                continue;
            }
            LockSupport.unpark(thread);
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

    private void wakeWorkers() {
        for (int i = 0; i < workers.size(); i++) {
            var worker = workers.get(i);
            if (worker.parked) {
                LockSupport.unpark(worker.thread);
            }
        }
    }

    /// Anything a task throws, errors included, ends the call in its caller.
    private void attempt(Task next, int worker) {
        try {
            next.run(worker);
        } catch (InterruptedException e) {
            stopping = true;
            if (worker == 0) {
                Thread.currentThread().interrupt();
            } else {
                failure.compareAndSet(null, new WorkerFailureException(worker, e));
            }
        } catch (Throwable e) {
            stopping = true;
            failure.compareAndSet(null, new WorkerFailureException(worker, e));
        }
    }

    /// Never returns before the last worker is done, so that no worker writes to memory the caller may free.
    /// An interrupt makes the workers stop at their next piece and stays set.
    private void awaitWorkers() {
        if (pending.get() > 0 && waiting == Waiting.SPIN_THEN_PARK) {
            long start = System.nanoTime();
            while (pending.get() > 0 && System.nanoTime() - start < SPIN_NANOS) {
                Thread.onSpinWait();
            }
        }
        if (pending.get() > 0) {
            boolean interrupted = false;
            waiter = Thread.currentThread();
            while (pending.get() > 0) {
                // Parking returns at once while the flag is set, so it is taken off until the workers are done.
                if (Thread.interrupted()) {
                    interrupted = true;
                    stopping = true;
                }
                LockSupport.park(this);
            }
            waiter = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final class Worker implements Runnable {

        private final int index;
        private volatile boolean parked;
        private volatile @Nullable Thread thread;

        Worker(int index) {
            this.index = index;
        }

        @Override
        public void run() {
            attempt(starts, index);
            int seen = 0;
            while (true) {
                seen = awaitCall(seen);
                if (closed) {
                    return;
                }
                var next = task;
                if (next != null) {
                    attempt(next, index);
                }
                if (pending.decrementAndGet() == 0) {
                    var parkedCaller = waiter;
                    if (parkedCaller != null) {
                        LockSupport.unpark(parkedCaller);
                    }
                }
            }
        }

        private int awaitCall(int seen) {
            if (waiting == Waiting.SPIN_THEN_PARK) {
                long start = System.nanoTime();
                while (call.get() == seen && System.nanoTime() - start < SPIN_NANOS) {
                    Thread.onSpinWait();
                }
            }
            if (call.get() == seen) {
                parked = true;
                while (call.get() == seen) {
                    LockSupport.park(WorkerPool.this);
                }
                parked = false;
            }
            return call.get();
        }
    }
}
