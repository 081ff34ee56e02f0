package dyno.engine.etl;

import java.lang.management.ManagementFactory;

/// Heap that all threads of the JVM asked for between two points. Used by one thread.
final class AllocationMeter {

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long atStart = -1;
    private long bytes = -1;

    void start() {
        atStart = total();
    }

    void stop() {
        long now = total();
        bytes = atStart < 0 || now < 0 ? -1 : now - atStart;
    }

    /// A thread that ends between the JVM's sum over ended threads and its walk over live ones is in neither. The true
    /// total never falls: of two readings the larger is the nearer.
    private static long total() {
        return Math.max(THREADS.getTotalThreadAllocatedBytes(), THREADS.getTotalThreadAllocatedBytes());
    }

    /// Negative where the JVM does not tell.
    long bytes() {
        return bytes;
    }
}
