package dyno.environment;

import dyno.environment.Environment.Fact;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/// The facts that cannot change while the JVM lives.
final class LastingFacts {

    private static final long GIB = 1L << 30;

    private final HostFiles files;
    private final Topology topology;
    private final Supplier<CpuIdentity> more;
    private final Build build;

    LastingFacts(HostFiles files, Topology topology, Supplier<CpuIdentity> more, Build build) {
        this.files = files;
        this.topology = topology;
        this.more = more;
        this.build = build;
    }

    Map<String, Fact> facts() {
        var sheet = new FactSheet();
        addCpu(sheet);
        addCaches(sheet);
        addMemory(sheet);
        addSystem(sheet);
        JvmFacts.addTo(sheet);
        sheet.put("build.version", build.version(), "NOT_BUILT_BY_MAVEN")
                .put("build.commit", build.commit(), "NO_GIT_REPOSITORY")
                .put("build.dirty", build.dirty(), "NO_GIT_REPOSITORY");
        return sheet.facts();
    }

    private void addCpu(FactSheet sheet) {
        var model = files.value("proc/cpuinfo", "model name");
        var vendor = files.value("proc/cpuinfo", "vendor_id");
        boolean told =
                model.isPresent() && vendor.isPresent() && topology.cores().isPresent();
        var other = told ? CpuIdentity.UNKNOWN : more.get();
        sheet.put("cpu.model", model.or(other::model), "NOT_IN_CPUINFO")
                .put("cpu.vendor", vendor.or(other::vendor), "NOT_IN_CPUINFO")
                .count("sockets", or(topology.sockets(), other.sockets()), "NO_CPU_TOPOLOGY")
                .count("cores", or(topology.cores(), other.cores()), "NO_CPU_TOPOLOGY")
                .count("threads", or(topology.threads(), other.threads()), "NO_CPU_TOPOLOGY")
                .count("numaNodes", topology.numaNodes(), "NO_NUMA_TOPOLOGY");
    }

    private void addCaches(FactSheet sheet) {
        sheet.bytes("l1dBytes", topology.cacheBytes(1, "Data"), "NO_CACHE_TOPOLOGY")
                .bytes("l1iBytes", topology.cacheBytes(1, "Instruction"), "NO_CACHE_TOPOLOGY")
                .bytes("l2Bytes", topology.cacheBytes(2, "Data"), "NO_CACHE_TOPOLOGY")
                .bytes("l3Bytes", topology.l3Bytes(), "NO_CACHE_TOPOLOGY");
    }

    private void addMemory(FactSheet sheet) {
        var bytes = files.memoryBytes();
        sheet.bytes("memoryBytes", bytes, "NO_MEMINFO");
        if (bytes.isPresent()) {
            sheet.put("memoryGiB", (long) Math.rint((double) bytes.getAsLong() / GIB));
        } else {
            sheet.unknown("memoryGiB", "NO_MEMINFO");
        }
    }

    private void addSystem(FactSheet sheet) {
        sheet.put("arch", System.getProperty("os.arch"))
                .put("os", System.getProperty("os.name"))
                .put("os.distribution", distribution(), "NO_OS_RELEASE")
                .put("kernel", files.line("proc/sys/kernel/osrelease"), "NO_OSRELEASE")
                .put("virtualization", new Virtualization(files).kind(), "NOT_TOLD_BY_FIRMWARE");
    }

    private Optional<String> distribution() {
        return files.lines("etc/os-release").stream()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
                .findFirst();
    }

    private static OptionalInt or(OptionalInt first, OptionalInt second) {
        return first.isPresent() ? first : second;
    }
}
