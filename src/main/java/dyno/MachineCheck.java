package dyno;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// Whether this machine is one that the service runs on.
final class MachineCheck {

    private static final int JAVA = 25;

    /// A service, its database and one small fork.
    private static final long LEAST_BYTES = 2L << 30;

    private MachineCheck() {}

    static Finding java(Runtime.Version version) {
        return version.feature() >= JAVA
                ? Finding.fine("java", version.toString())
                : Finding.broken("java", version.toString(), "install a JDK %d or newer".formatted(JAVA));
    }

    static Finding memory() {
        return memory(
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
    }

    /// @param bytes of the machine, or of the container
    static Finding memory(long bytes) {
        var fact = "%.1f GiB; half of it is lent to measured jobs (DYNO_MEMORY)".formatted(bytes / (double) (1 << 30));
        return bytes >= LEAST_BYTES
                ? Finding.fine("memory", fact)
                : Finding.attention("memory", fact, "most suites will skip jobs; give it 4 GiB or more");
    }
}
