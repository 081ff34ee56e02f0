package dyno.engine.etl;

import dyno.engine.kernel.NanoTime;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The time that a pipeline lives by: the machine's, or a test's own. Safe for any number of threads.
interface Time {

    long nanos();

    /// CPU time of the calling thread, which is a platform thread; negative where the JVM does not tell.
    long cpuNanos();

    /// Returns after `nanos`, at once for 0 and less.
    void sleep(long nanos) throws InterruptedException;

    /// Waits for a permit, at most `nanos`.
    ///
    /// @return whether there was one
    boolean acquire(Semaphore permits, long nanos) throws InterruptedException;

    /// The machine's clock.
    static Time system() {
        return new SystemTime(NanoTime.system());
    }

    /// The machine's clock.
    record SystemTime(LongSupplier nanoTime) implements Time {

        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        @Override
        public long nanos() {
            return nanoTime.getAsLong();
        }

        @Override
        public long cpuNanos() {
            return THREADS.getCurrentThreadCpuTime();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }

        @Override
        public boolean acquire(Semaphore permits, long nanos) throws InterruptedException {
            return permits.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
