package dyno.environment;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The JVM that this code runs in.
final class JvmFacts {

    private JvmFacts() {}

    static void addTo(FactSheet sheet) {
        sheet.put("jvm.vendor", System.getProperty("java.vendor"))
                .put("jvm.version", Runtime.version().toString())
                .put("jvm.name", System.getProperty("java.vm.name"))
                .put("jvm.flags", flags(ManagementFactory.getRuntimeMXBean().getInputArguments()))
                .put("gc", collector());
    }

    /// Memory that the JVM sees, container limits included: the kernel's own figure is preferred where it has one.
    static long memoryBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    /// Flags without system properties, which may hold passwords and do not change how fast code runs.
    static List<String> flags(List<String> arguments) {
        return arguments.stream().filter(argument -> !argument.startsWith("-D")).toList();
    }

    private static String collector() {
        return collector(
                ManagementFactory.getGarbageCollectorMXBeans().stream().map(GarbageCollectorMXBean::getName),
                ManagementFactory.getMemoryPoolMXBeans().stream().map(MemoryPoolMXBean::getName));
    }

    /// The collector by the name of its flag, `G1`; the names of its beans where it is none we know. Epsilon
    /// shows in its memory pool only, since it never collects.
    static String collector(Stream<String> beans, Stream<String> pools) {
        var names = Stream.concat(beans, pools.filter(pool -> pool.startsWith("Epsilon")))
                .collect(Collectors.joining(","));
        for (var known : List.of("G1", "ZGC", "Shenandoah", "Epsilon")) {
            if (names.contains(known)) {
                return known;
            }
        }
        if (names.contains("PS Scavenge")) {
            return "Parallel";
        }
        return names.equals("Copy,MarkSweepCompact") ? "Serial" : names;
    }
}
