package dyno.job;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A job that this node runs: its claim, and whether its result is still wanted.
///
/// Measuring is interrupted once it is not; what comes after measuring is not, since the database decides then.
/// Safe for any number of threads.
final class RunningJob {

    /// Why a result is not wanted any more.
    enum Unwanted {
        /// The job was cancelled, or another node has it.
        LOST,
        /// This node stops; the job goes back into the queue.
        STOPPING
    }

    private final Job job;
    private final Claim claim;
    private @Nullable Thread measuring;
    private @Nullable Unwanted unwanted;

    RunningJob(Job job, Claim claim) {
        this.job = job;
        this.claim = claim;
    }

    Job job() {
        return job;
    }

    Claim claim() {
        return claim;
    }

    /// The calling thread measures from now on.
    ///
    /// @throws InterruptedException where the result is not wanted already
    synchronized void startMeasuring() throws InterruptedException {
        if (unwanted != null) {
            throw new InterruptedException();
        }
        measuring = Thread.currentThread();
    }

    /// The calling thread does not measure any more; an interrupt that came too late for it is taken back.
    synchronized void stopMeasuring() {
        measuring = null;
        if (unwanted != null) {
            Thread.interrupted();
        }
    }

    synchronized void giveUp(Unwanted why) {
        if (unwanted == null) {
            unwanted = why;
        }
        if (measuring != null) {
            measuring.interrupt();
        }
        notifyAll();
    }

    /// Null while the result is wanted.
    synchronized @Nullable Unwanted unwanted() {
        return unwanted;
    }

    /// Waits, but not past the moment at which the result is not wanted any more.
    ///
    /// @return whether it still is
    synchronized boolean pause(Duration duration) throws InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        long left = duration.toNanos();
        while (unwanted == null && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
        return unwanted == null;
    }
}
