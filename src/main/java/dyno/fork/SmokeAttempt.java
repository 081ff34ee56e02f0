package dyno.fork;

import dyno.engine.Cancellation;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One trial on the engine pool that can be cancelled and waited for.
///
/// Unlike a cancelled `Future` it tells when the work has really ended. Safe for any number of threads.
final class SmokeAttempt implements Runnable {

    private final Function<Cancellation, ForkOutcome> work;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean cancelled;
    private @Nullable Thread worker;
    private volatile @Nullable ForkOutcome outcome;

    SmokeAttempt(Function<Cancellation, ForkOutcome> work) {
        this.work = work;
    }

    @Override
    public void run() {
        if (!begin()) {
            return;
        }
        try {
            outcome = work.apply(() -> cancelled);
        } finally {
            end();
        }
    }

    /// Asks the work to end, and interrupts it. Work that has not begun never will.
    synchronized void cancel() {
        cancelled = true;
        if (worker == null) {
            ended.countDown();
        } else {
            worker.interrupt();
        }
    }

    private synchronized boolean begin() {
        if (cancelled) {
            return false;
        }
        worker = Thread.currentThread();
        return true;
    }

    /// The thread goes back to the pool without an interruption that was meant for this work.
    private synchronized void end() {
        worker = null;
        boolean _ = Thread.interrupted();
        ended.countDown();
    }

    /// Whether the work ended within that time.
    boolean await(long nanos) throws InterruptedException {
        return ended.await(nanos, TimeUnit.NANOSECONDS);
    }

    /// As [#await], and an interruption is kept for later.
    boolean awaitUninterrupted(long nanos) {
        boolean interrupted = Thread.interrupted();
        try {
            return ended.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return ended.getCount() == 0;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Only after it ended.
    ForkOutcome outcome() {
        return Objects.requireNonNull(outcome, "the work has not ended, or was never begun");
    }
}
