package dyno.engine.etl;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that moves when somebody waits for it.
final class FakeTime implements Time {

    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long nanos() {
        return nanos.get();
    }

    /// No time is spent working.
    @Override
    public long cpuNanos() {
        return 0;
    }

    @Override
    public void sleep(long duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        nanos.addAndGet(Math.max(0, duration));
        Thread.yield();
    }

    @Override
    public boolean acquire(Semaphore permits, long duration) throws InterruptedException {
        boolean isAcquired = permits.tryAcquire(20, TimeUnit.MICROSECONDS);
        if (!isAcquired) {
            nanos.addAndGet(duration);
        }
        return isAcquired;
    }
}
