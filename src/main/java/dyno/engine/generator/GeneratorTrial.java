package dyno.engine.generator;

import dyno.engine.EngineException;
import dyno.engine.InputFacts;
import dyno.engine.Machine;
import dyno.engine.Metrics;
import dyno.engine.Phase;
import dyno.engine.Trial;
import dyno.engine.TrialContext;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.engine.Warning;
import dyno.engine.Work;
import dyno.engine.generator.Stopwatch.Part;
import dyno.engine.kernel.WorkerFailureException;
import dyno.engine.kernel.WorkerPool;
import dyno.engine.kernel.WorkerPool.Waiting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/// A case of the generator in one fork: streams with their buffers and threads, ready to go.
final class GeneratorTrial implements Trial {

    private final GeneratorWorkload workload;
    private final TrialContext context;
    private final List<StreamPass> streams = new ArrayList<>();
    private final Placement placement;
    private final int firstStream;
    private final WorkerPool callers;
    private final WorkerPool.Task runStream = this::runStream;
    private final ProbeHistory probes = new ProbeHistory();
    private final Metrics metrics = new Metrics();
    private long invocations;

    private GeneratorTrial(GeneratorWorkload workload, TrialContext context) {
        this.workload = workload;
        this.context = context;
        this.placement = Placement.of(workload.numa());
        // The trial's own thread is not ours to pin, so where workers are pinned it only waits.
        this.firstStream = placement.isPinning() ? 1 : 0;
        // Streams meet once an invocation, too seldom for spinning to matter.
        this.callers = new WorkerPool(
                workload.streams() + firstStream,
                "generator-stream",
                Waiting.PARK,
                worker -> placement.place((worker - 1) * workload.threads()));
    }

    /// @throws EngineException where buffers do not fit or direct I/O is not to be had
    static GeneratorTrial prepare(GeneratorWorkload workload, TrialContext context)
            throws IOException, InterruptedException {
        var trial = new GeneratorTrial(workload, context);
        try {
            for (int stream = 0; stream < workload.streams(); stream++) {
                trial.streams.add(StreamPasses.open(workload, stream, context, trial.placement));
            }
            trial.callers.run(trial::touchStream);
        } catch (Throwable e) {
            trial.closeAfter(e);
            throw e;
        }
        return trial;
    }

    @Override
    public Work invoke() throws IOException, InterruptedException {
        try {
            callers.run(runStream);
        } catch (WorkerFailureException e) {
            throw unwrap(e);
        }
        invocations++;
        probes.add(streams.stream().mapToLong(StreamPass::probeSum).sum());
        return new Work(0, workload.totalBytes());
    }

    @Override
    public void measuringStarts() {
        invocations = 0;
        streams.forEach(stream -> stream.stopwatch().reset());
    }

    @Override
    public Verification verify() throws IOException, InterruptedException {
        return new GeneratorVerifier(workload, context, streams, probes, metrics).verify();
    }

    @Override
    public TrialReport report() {
        putMetrics();
        return new TrialReport(phases(), metrics.values(), warnings(), Map.of(), InputFacts.none());
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (var stream : streams) {
            try {
                stream.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        callers.close();
        if (failure != null) {
            throw failure;
        }
    }

    private void runStream(int worker) throws IOException, InterruptedException {
        if (worker >= firstStream) {
            streams.get(worker - firstStream).run();
        }
    }

    private void touchStream(int worker) throws InterruptedException {
        if (worker >= firstStream) {
            streams.get(worker - firstStream).touch();
        }
    }

    private List<Phase> phases() {
        var phases = new ArrayList<Phase>();
        for (var part : Part.values()) {
            double seconds = seconds(part);
            if (seconds > 0) {
                phases.add(Phase.of(part.label(), seconds, Phase.Clock.WALL));
            }
        }
        return phases;
    }

    /// Seconds an invocation, the streams' sum divided by streams.
    private double seconds(Part part) {
        long nanos = streams.stream()
                .mapToLong(stream -> stream.stopwatch().nanos(part))
                .sum();
        return nanos / 1e9 / streams.size() / Math.max(1, invocations);
    }

    private List<Warning> warnings() {
        var warnings = new ArrayList<>(WorkloadWarnings.of(workload, context.machine()));
        if (!placement.refusals().isEmpty()) {
            warnings.add(new Warning("NUMA_NOT_APPLIED", String.join("; ", placement.refusals())));
        }
        return List.copyOf(warnings);
    }

    private void putMetrics() {
        var machine = context.machine();
        metrics.put("threadsUsed", workload.threadsUsed());
        if (machine.physicalCores().isPresent()) {
            metrics.put(
                    "coresUsed",
                    Math.min(workload.threadsUsed(), machine.physicalCores().getAsInt()));
        } else {
            metrics.absent("coresUsed", "CORES_UNKNOWN");
        }
        var units = DistinctUnits.of(workload);
        metrics.put("units", units.units())
                .put("distinctUnits", units.distinct())
                .put("effectiveDedupRatio", units.effectiveRatio());
        putCacheMetrics(machine);
        metrics.put("numaNodes", placement.nodes()).put("threadsPinned", placement.threadsPinned());
        if (workload.sink() == Sink.FILE) {
            metrics.put("generateBytesPerSecond", workload.totalBytes() / seconds(Part.GENERATE))
                    .put("writeBytesPerSecond", workload.totalBytes() / (seconds(Part.WRITE) + seconds(Part.SYNC)))
                    .put("syncSeconds", seconds(Part.SYNC));
        }
    }

    private void putCacheMetrics(Machine machine) {
        long bufferBytes = WorkingSet.bufferBytes(workload, machine);
        metrics.put("bufferBytes", bufferBytes);
        machine.l2Bytes()
                .ifPresentOrElse(l2 -> metrics.put("l2Bytes", l2), () -> metrics.absent("l2Bytes", "CACHE_UNKNOWN"));
        machine.l3Bytes()
                .ifPresentOrElse(
                        l3 -> metrics.put("l3Bytes", l3).put("buffersFitL3", bufferBytes <= l3),
                        () -> metrics.absent("l3Bytes", "CACHE_UNKNOWN").absent("buffersFitL3", "CACHE_UNKNOWN"));
    }

    /// What streams throw on their own threads is the trial's to throw.
    private static RuntimeException unwrap(WorkerFailureException failure) throws IOException {
        return switch (Objects.requireNonNullElse(failure.getCause(), failure)) {
            case CancellationException e -> e;
            case EngineException e -> e;
            case IOException e -> throw e;
            default -> failure;
        };
    }

    private void closeAfter(Throwable failure) {
        try {
            close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
