package dyno.environment;

import dyno.engine.Machine;
import dyno.environment.Environment.Fact;
import dyno.environment.HostLoad.CpuTime;
import dyno.environment.HostLoad.Resource;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;

/// Reads the facts of machine, JVM and build.
///
/// What cannot change while the JVM lives is read once, when the probe is made; governor, turbo and cgroup
/// limits, load and pressure whenever a run asks. Nothing is guessed: a fact that the kernel does not tell is
/// null with a reason. Safe for any number of threads.
public final class EnvironmentProbe {

    private static final String NOT_FINISHED = "RUN_NOT_FINISHED";

    private final HostFiles files;
    private final HostLoad load;
    private final Cgroup cgroup;
    private final Topology topology;
    private final Map<String, Fact> lasting;

    /// @param root where `proc` and `sys` are
    /// @param more asked once, and only where the kernel's files leave something of the CPUs open
    EnvironmentProbe(Path root, Supplier<CpuIdentity> more, Build build) {
        this.files = new HostFiles(root);
        this.load = new HostLoad(root);
        this.cgroup = new Cgroup(files);
        this.topology = new Topology(files);
        this.lasting = new LastingFacts(files, topology, more, build).facts();
    }

    /// The probe of this machine. Takes some milliseconds on Linux, longer where OSHI has to be asked.
    public static EnvironmentProbe ofThisMachine() {
        return new EnvironmentProbe(Path.of("/"), OshiCpu::read, Build.read());
    }

    /// The facts at the start of a run; those of its end are null with the reason `RUN_NOT_FINISHED`.
    public Environment probe() {
        var sheet = new FactSheet().putAll(lasting);
        new TunableFacts(files, cgroup).addTo(sheet);
        addLoad(sheet, "Start");
        sheet.unknown("loadEnd", NOT_FINISHED)
                .unknown("pressureCpuEnd", NOT_FINISHED)
                .unknown("pressureMemoryEnd", NOT_FINISHED)
                .unknown("pressureIoEnd", NOT_FINISHED)
                .unknown("stealSecondsEnd", NOT_FINISHED)
                .unknown("frequencyEnd", NOT_FINISHED);
        var facts = sheet.facts();
        return new Environment(Fingerprint.of(facts), facts);
    }

    /// The facts of a run that ends now.
    ///
    /// @param start what [#probe] gave when it started
    public Environment atEnd(Environment start) {
        var sheet = new FactSheet().putAll(start.facts());
        addLoad(sheet, "End");
        return new Environment(start.fingerprint(), sheet.facts());
    }

    private void addLoad(FactSheet sheet, String when) {
        var steal = load.cpuTime().map(CpuTime::stealSeconds);
        sheet.ratio("load" + when, load.loadAverage(), "NO_LOADAVG")
                .ratio("pressureCpu" + when, load.pressure(Resource.CPU), "NO_PRESSURE_ACCOUNTING")
                .ratio("pressureMemory" + when, load.pressure(Resource.MEMORY), "NO_PRESSURE_ACCOUNTING")
                .ratio("pressureIo" + when, load.pressure(Resource.IO), "NO_PRESSURE_ACCOUNTING")
                .measure(
                        "stealSeconds" + when,
                        steal.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                        "s",
                        "NO_CPU_ACCOUNTING")
                .measure("frequency" + when, new CpuFrequency(files).fastestMHz(), "MHz", "NO_CPUFREQ");
    }

    /// What engines need to know of the machine, as this JVM may use it.
    public Machine machine() {
        int processors = Runtime.getRuntime().availableProcessors();
        return new Machine(
                processors,
                physicalCores(processors),
                memoryBytes(),
                topology.cacheBytes(2, "Data"),
                topology.l3Bytes());
    }

    private OptionalInt physicalCores(int processors) {
        Optional<BitSet> allowed =
                files.value("proc/self/status", "Cpus_allowed_list").map(CpuList::parse);
        var cores = allowed.map(topology::cores).orElseGet(topology::cores);
        return cores.isPresent() ? OptionalInt.of(Math.min(cores.getAsInt(), processors)) : cores;
    }

    private long memoryBytes() {
        long limit = cgroup.memoryLimitBytes().orElse(Long.MAX_VALUE);
        return Math.min(limit, files.memoryBytes().orElseGet(JvmFacts::memoryBytes));
    }
}
