package dyno.environment;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The facts that an operator can change while the JVM lives.
final class TunableFacts {

    private static final String CPUS = "sys/devices/system/cpu";
    private static final Pattern CPU = Pattern.compile("cpu\\d+");
    private static final Pattern CHOSEN = Pattern.compile("\\[(\\w+)]");

    private final HostFiles files;
    private final Cgroup cgroup;

    TunableFacts(HostFiles files, Cgroup cgroup) {
        this.files = files;
        this.cgroup = cgroup;
    }

    void addTo(FactSheet sheet) {
        var version = cgroup.version().map(Integer::longValue);
        // Where no control group can be read nobody knows whether there is a limit.
        var unlimited = version.isPresent() ? "NO_LIMIT" : "NO_CGROUP";
        sheet.put("cgroup.version", version, "NO_CGROUP")
                .put("cpuQuota", cgroup.cpuQuota().map(TunableFacts::number), unlimited)
                .put("cpuset", cgroup.cpuset(), "NO_CPUSET")
                .put("cpusAllowed", files.value("proc/self/status", "Cpus_allowed_list"), "NO_PROC_STATUS")
                .bytes("memoryLimitBytes", cgroup.memoryLimitBytes(), unlimited)
                .put("governor", governor(), "NO_CPUFREQ")
                .measure("maxFrequency", new CpuFrequency(files).limitMHz(), "MHz", "NO_CPUFREQ")
                .put("turbo", turbo(), "NO_TURBO_SWITCH")
                .put("transparentHugePages", hugePages(), "NO_TRANSPARENT_HUGE_PAGES");
    }

    /// Whole numbers without a fraction, here as in JSON.
    private static Number number(BigDecimal quota) {
        return quota.stripTrailingZeros().scale() <= 0 ? (Number) quota.longValueExact() : (Number) quota.doubleValue();
    }

    /// The governors of all CPUs; `performance,powersave` where they differ.
    private Optional<String> governor() {
        var governors = files.names(CPUS, CPU).stream()
                .flatMap(cpu -> files.line("%s/%s/cpufreq/scaling_governor".formatted(CPUS, cpu)).stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
        return Optional.of(governors).filter(names -> !names.isEmpty());
    }

    private Optional<Boolean> turbo() {
        return files.line(CPUS + "/intel_pstate/no_turbo")
                .map("0"::equals)
                .or(() -> files.line(CPUS + "/cpufreq/boost").map("1"::equals));
    }

    private Optional<String> hugePages() {
        return files.line("sys/kernel/mm/transparent_hugepage/enabled").map(CHOSEN::matcher).stream()
                .filter(matcher -> matcher.find())
                .map(matcher -> matcher.group(1))
                .findFirst();
    }
}
