package dyno.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.environment.Environment.Fact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentProbeTest {

    private static final Build BUILD = new Build(Optional.of("0.1.0"), Optional.of("abc"), Optional.of(false));

    @TempDir
    private Path root;

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void readsTheFactsOfAServer() {
        HostTree.server(root);

        var facts = probe().probe().facts();

        assertThat(facts)
                .containsEntry("cpu.model", Fact.of("Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz"))
                .containsEntry("cpu.vendor", Fact.of("GenuineIntel"))
                .containsEntry("sockets", Fact.of(2L))
                .containsEntry("cores", Fact.of(4L))
                .containsEntry("threads", Fact.of(8L))
                .containsEntry("numaNodes", Fact.of(2L))
                .containsEntry("l2Bytes", Fact.of(1L << 20, "bytes"))
                .containsEntry("l3Bytes", Fact.of(28_160L << 10, "bytes"))
                .containsEntry("memoryBytes", Fact.of(263_842_932L * 1024, "bytes"))
                .containsEntry("memoryGiB", Fact.of(252L))
                .containsEntry("os.distribution", Fact.of("Debian GNU/Linux 12 (bookworm)"))
                .containsEntry("kernel", Fact.of("6.1.0-37-amd64"))
                .containsEntry("virtualization", Fact.of("NONE"))
                .containsEntry("build.version", Fact.of("0.1.0"))
                .containsEntry("build.commit", Fact.of("abc"))
                .containsEntry("build.dirty", Fact.of(false));
        assertThat(asked).hasValue(0);
    }

    @Test
    void givesAReasonForEveryFactThatAMachineDoesNotTell() {
        var facts = probe().probe().facts();

        assertThat(facts)
                .allSatisfy((name, fact) ->
                        assertThat(fact.value() == null).as(name).isEqualTo(fact.reason() != null));
        assertThat(facts)
                .containsEntry("cpu.model", Fact.unknown("NOT_IN_CPUINFO"))
                .containsEntry("cores", Fact.unknown("NO_CPU_TOPOLOGY"))
                .containsEntry("memoryGiB", Fact.unknown("NO_MEMINFO"))
                .containsEntry("governor", Fact.unknown("NO_CPUFREQ"))
                .containsEntry("turbo", Fact.unknown("NO_TURBO_SWITCH"))
                .containsEntry("cpuQuota", Fact.unknown("NO_CGROUP"))
                .containsEntry("pressureCpuStart", Fact.unknown("NO_PRESSURE_ACCOUNTING"));
    }

    /// A virtual machine in a container, as most are: no governor, no clock, no limits, no pressure.
    @Test
    void isCompleteOnAMachineThatTellsLittle() {
        new HostTree(root)
                .file("proc/cpuinfo", """
                        processor\t: 0
                        vendor_id\t: AuthenticAMD
                        model name\t: AMD EPYC
                        cpu MHz\t\t: 2445.432
                        flags\t\t: fpu hypervisor
                        """)
                .file("proc/meminfo", "MemTotal:       4194304 kB\n")
                .file("sys/devices/system/cpu/online", "0-1\n")
                .cpu(0, 0, "0-1")
                .cpu(1, 0, "0-1");

        var facts = probe().atEnd(probe().probe()).facts();

        assertThat(facts)
                .allSatisfy((name, fact) ->
                        assertThat(fact.value() == null).as(name).isEqualTo(fact.reason() != null));
        assertThat(facts)
                .containsEntry("cores", Fact.of(1L))
                .containsEntry("threads", Fact.of(2L))
                .containsEntry("virtualization", Fact.of("VM"))
                .containsEntry("governor", Fact.unknown("NO_CPUFREQ"))
                .containsEntry("maxFrequency", Fact.unknown("NO_CPUFREQ"))
                .containsEntry("frequencyStart", Fact.unknown("NO_CPUFREQ"))
                .containsEntry("frequencyEnd", Fact.unknown("NO_CPUFREQ"))
                .containsEntry("turbo", Fact.unknown("NO_TURBO_SWITCH"))
                .containsEntry("cgroup.version", Fact.unknown("NO_CGROUP"))
                .containsEntry("cpuQuota", Fact.unknown("NO_CGROUP"))
                .containsEntry("cpuset", Fact.unknown("NO_CPUSET"))
                .containsEntry("memoryLimitBytes", Fact.unknown("NO_CGROUP"))
                .containsEntry("l3Bytes", Fact.unknown("NO_CACHE_TOPOLOGY"))
                .containsEntry("numaNodes", Fact.unknown("NO_NUMA_TOPOLOGY"))
                .containsEntry("loadEnd", Fact.unknown("NO_LOADAVG"))
                .containsEntry("pressureIoEnd", Fact.unknown("NO_PRESSURE_ACCOUNTING"))
                .containsEntry("stealSecondsEnd", Fact.unknown("NO_CPU_ACCOUNTING"));
    }

    @Test
    void tellsTheLimitsOfEitherVersionOfControlGroups() {
        var tree = new HostTree(root)
                .file("proc/self/cgroup", "4:cpu,cpuacct:/\n3:memory:/\n")
                .file("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "150000\n")
                .file("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n")
                .file("sys/fs/cgroup/memory/memory.limit_in_bytes", "1073741824\n");

        assertThat(probe().probe().facts())
                .containsEntry("cgroup.version", Fact.of(1L))
                .containsEntry("cpuQuota", Fact.of(1.5))
                .containsEntry("memoryLimitBytes", Fact.of(1L << 30, "bytes"));

        var second = new HostTree(tree.root().resolve("two"))
                .file("proc/self/cgroup", "0::/\n")
                .file("sys/fs/cgroup/cgroup.controllers", "cpu memory\n")
                .file("sys/fs/cgroup/cpu.max", "150000 100000\n")
                .file("sys/fs/cgroup/memory.max", "1073741824\n");

        assertThat(new EnvironmentProbe(second.root(), () -> CpuIdentity.UNKNOWN, BUILD)
                        .probe()
                        .facts())
                .containsEntry("cgroup.version", Fact.of(2L))
                .containsEntry("cpuQuota", Fact.of(1.5))
                .containsEntry("memoryLimitBytes", Fact.of(1L << 30, "bytes"));
    }

    @Test
    void tellsAGroupWithoutLimitsFromNone() {
        new HostTree(root)
                .file("proc/self/cgroup", "0::/\n")
                .file("sys/fs/cgroup/cgroup.controllers", "cpu memory\n")
                .file("sys/fs/cgroup/cpu.max", "max 100000\n")
                .file("sys/fs/cgroup/memory.max", "max\n");

        assertThat(probe().probe().facts())
                .containsEntry("cgroup.version", Fact.of(2L))
                .containsEntry("cpuQuota", Fact.unknown("NO_LIMIT"))
                .containsEntry("memoryLimitBytes", Fact.unknown("NO_LIMIT"));
    }

    @Test
    void readsTheClockOfTheFastestCpu() {
        HostTree.server(root)
                .file("sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq", "1200000\n")
                .file("sys/devices/system/cpu/cpu3/cpufreq/scaling_cur_freq", "3425500\n")
                .file("sys/devices/system/cpu/cpu4/cpufreq/scaling_cur_freq", "<unknown>\n")
                .file("sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq", "3700000\n");

        assertThat(probe().probe().facts())
                .containsEntry("frequencyStart", Fact.of(3425.5, "MHz"))
                .containsEntry("maxFrequency", Fact.of(3700.0, "MHz"));
    }

    @Test
    void hashesWhatItsDocumentationSays() throws Exception {
        var text = Files.readString(Path.of("docs/measurement.md"));
        var list = text.substring(text.indexOf("```text\ncpu.model"));
        var names = list.substring("```text".length(), list.indexOf("\n```"))
                .replace("(its first two numbers)", "")
                .strip()
                .split("\\s+", -1);

        assertThat(names).containsExactlyElementsOf(Fingerprint.FACTS);
    }

    @Test
    void namesEveryFactInItsDocumentation() throws Exception {
        var text = Files.readString(Path.of("docs/measurement.md"));

        assertThat(probe().probe().facts().keySet()).allSatisfy(name -> {
            var documented =
                    name.endsWith("Start") || name.endsWith("End") ? name.replaceAll("(Start|End)$", "") + "…" : name;
            assertThat(text).contains("`" + documented + "`");
        });
    }

    @Test
    void hasAFactForEachPartOfTheFingerprint() {
        assertThat(probe().probe().facts()).containsKeys(Fingerprint.FACTS.toArray(String[]::new));
    }

    @Test
    void asksForTheCpuElsewhereOnlyOnceAndOnlyWhereTheKernelIsSilent() {
        var probe = new EnvironmentProbe(
                root,
                () -> {
                    asked.incrementAndGet();
                    return new CpuIdentity(
                            Optional.of("Neoverse-N1"),
                            Optional.of("ARM"),
                            OptionalInt.of(1),
                            OptionalInt.of(64),
                            OptionalInt.of(64));
                },
                BUILD);
        probe.probe();

        assertThat(probe.probe().facts())
                .containsEntry("cpu.model", Fact.of("Neoverse-N1"))
                .containsEntry("cores", Fact.of(64L));
        assertThat(asked).hasValue(1);
    }

    @Test
    void seesAGovernorThatChangesWhileItLives() {
        var tree = HostTree.server(root);
        var probe = probe();
        var before = probe.probe();
        for (int cpu = 0; cpu < 8; cpu++) {
            tree.file("sys/devices/system/cpu/cpu%d/cpufreq/scaling_governor".formatted(cpu), "performance\n");
        }
        tree.file("sys/devices/system/cpu/intel_pstate/no_turbo", "1\n");

        var after = probe.probe();

        assertThat(after.facts())
                .containsEntry("governor", Fact.of("performance"))
                .containsEntry("turbo", Fact.of(false));
        assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
    }

    @Test
    void namesEveryGovernorWhereTheCpusDiffer() {
        HostTree.server(root)
                .file("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n")
                .file("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "performance\n");

        assertThat(probe().probe().facts()).containsEntry("governor", Fact.of("performance,powersave"));
    }

    @Test
    void writesAWholeQuotaWithoutAFraction() {
        var tree =
                new HostTree(root).file("proc/self/cgroup", "0::/\n").file("sys/fs/cgroup/cpu.max", "200000 100000\n");
        var probe = probe();

        assertThat(probe.probe().facts()).containsEntry("cpuQuota", Fact.of(2L));

        tree.file("sys/fs/cgroup/cpu.max", "150000 100000\n");
        assertThat(probe.probe().facts()).containsEntry("cpuQuota", Fact.of(1.5));
    }

    @Test
    void tellsTheLoadOfTheStartAndOfTheEnd() {
        var tree =
                HostTree.server(root).file("proc/loadavg", "0.25 0 0\n").file("proc/stat", "cpu  1 1 1 1 1 1 1 200\n");
        var probe = probe();

        var start = probe.probe();
        tree.file("proc/loadavg", "2.50 0 0\n").file("proc/stat", "cpu  1 1 1 1 1 1 1 300\n");
        var end = probe.atEnd(start);

        assertThat(start.facts()).containsEntry("loadEnd", Fact.unknown("RUN_NOT_FINISHED"));
        assertThat(end.facts())
                .containsEntry("loadStart", Fact.of(0.25))
                .containsEntry("loadEnd", Fact.of(2.5))
                .containsEntry("stealSecondsStart", Fact.of(2.0, "s"))
                .containsEntry("stealSecondsEnd", Fact.of(3.0, "s"));
        assertThat(end.fingerprint()).isEqualTo(start.fingerprint());
        assertThat(end.facts().keySet()).containsExactlyElementsOf(start.facts().keySet());
    }

    @Test
    void givesEnginesTheMemoryOfTheContainerWhereThatIsLess() {
        HostTree.server(root).file("proc/self/cgroup", "0::/\n").file("sys/fs/cgroup/memory.max", "4294967296\n");

        var machine = probe().machine();

        assertThat(machine.memoryBytes()).isEqualTo(4L << 30);
        assertThat(machine.l2Bytes()).hasValue(1L << 20);
        assertThat(machine.l3Bytes()).hasValue(28_160L << 10);
        assertThat(machine.processors()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(machine.physicalCores().orElseThrow()).isBetween(1, machine.processors());
    }

    @Test
    void knowsThisMachinesProcessorsAndMemory() {
        var probe = EnvironmentProbe.ofThisMachine();

        assertThat(probe.machine().memoryBytes()).isPositive();
        assertThat(probe.probe().fingerprint()).matches("sha256:[0-9a-f]{64}");
        assertThat(probe.probe().facts().get("jvm.version"))
                .isEqualTo(Fact.of(Runtime.version().toString()));
    }

    private EnvironmentProbe probe() {
        return new EnvironmentProbe(
                root,
                () -> {
                    asked.incrementAndGet();
                    return CpuIdentity.UNKNOWN;
                },
                BUILD);
    }
}
