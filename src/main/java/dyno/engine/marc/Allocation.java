package dyno.engine.marc;

import java.lang.management.ManagementFactory;

/// Memory that the current thread asked for so far. Safe for any number of threads.
final class Allocation {

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    static long bytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }
}
