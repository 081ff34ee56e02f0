package dyno.environment;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// How fast the CPUs are clocked, as the kernel's cpufreq drivers tell.
///
/// Virtual machines mostly have no such driver. The `cpu MHz` of their `/proc/cpuinfo` is a constant of
/// the hypervisor, and is not taken for a reading. Immutable; every call reads anew.
///
/// @see <a href="https://docs.kernel.org/admin-guide/pm/cpufreq.html">CPU Performance Scaling</a>
final class CpuFrequency {

    private static final String CPUS = "sys/devices/system/cpu";
    private static final Pattern CPU = Pattern.compile("cpu\\d+");
    private static final double KHZ_PER_MHZ = 1_000;

    private final HostFiles files;

    CpuFrequency(HostFiles files) {
        this.files = files;
    }

    /// Of the CPU that is clocked highest just now; the others may be idle.
    OptionalDouble fastestMHz() {
        return highest("scaling_cur_freq");
    }

    /// The highest that the hardware allows, turbo included.
    OptionalDouble limitMHz() {
        return highest("cpuinfo_max_freq");
    }

    private OptionalDouble highest(String file) {
        return files.names(CPUS, CPU).stream()
                .flatMap(cpu -> files.line("%s/%s/cpufreq/%s".formatted(CPUS, cpu, file)).stream())
                .filter(text -> text.chars().allMatch(Character::isDigit))
                .mapToDouble(text -> Long.parseLong(text) / KHZ_PER_MHZ)
                .max();
    }
}
