package dyno.job;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Wakes a thread that waits; raised several times before it looks, it wakes once. Safe for any number of threads.
final class Signal {

    private final Semaphore raised = new Semaphore(0);

    void raise() {
        raised.release();
    }

    /// Waits until the signal is raised, at most as long as told.
    void await(long time, TimeUnit unit) throws InterruptedException {
        if (raised.tryAcquire(time, unit)) {
            raised.drainPermits();
        }
    }
}
