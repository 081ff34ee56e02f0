package dyno.engine.etl;

import java.lang.management.ManagementFactory;

/// Heap that all threads of the JVM asked for between two points. Used by one thread.
final class AllocationMeter {

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long atStart = -1;
    private long bytes = -1;

    void start() {
        atStart = THREADS.getTotalThreadAllocatedBytes();
    }

    void stop() {
        long now = THREADS.getTotalThreadAllocatedBytes();
        bytes = atStart < 0 || now < 0 ? -1 : now - atStart;
    }

    /// Negative where the JVM does not tell.
    long bytes() {
        return bytes;
    }
}
