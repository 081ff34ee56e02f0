package dyno.engine.etl;

import dyno.engine.InputFacts;
import dyno.engine.Machine;
import dyno.engine.Metrics;
import dyno.engine.Phase;
import dyno.engine.Phase.Clock;
import dyno.engine.TrialReport;
import dyno.engine.Warning;
import dyno.engine.etl.EtlWorkload.Generation;
import dyno.engine.etl.EtlWorkload.TransformMode;
import dyno.engine.etl.PipelineResult.Counters;
import dyno.engine.etl.StageClock.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is told of the measured invocations beyond their time. Counts are of one invocation, the last one; rates are
/// medians over all. Used by one thread.
final class EtlReport {

    private static final double NANOS = 1e9;

    /// An open load that gets less than this of its rate missed it.
    private static final double MISSED = 0.95;

    /// A kept load is not done once more to see where its time goes.
    private static final StageTimes UNKNOWN = new StageTimes(
            Map.of(), Stream.of(Stage.values()).collect(Collectors.toMap(stage -> stage, stage -> "KEPT_LOAD")), 0);

    private final EtlWorkload workload;
    private final Machine machine;
    private final List<Fleet.Outcome> outcomes;
    private final Latencies latencies;
    private final EtlSink sink;
    private final Metrics metrics = new Metrics();
    private final Map<String, Object> details = new LinkedHashMap<>();

    EtlReport(EtlWorkload workload, Machine machine, List<Fleet.Outcome> outcomes, Latencies latencies, EtlSink sink) {
        this.workload = workload;
        this.machine = machine;
        this.outcomes = outcomes;
        this.latencies = latencies;
        this.sink = sink;
    }

    TrialReport write(Fleet fleet, EtlVerification verification, RecordSize size, AllocationMeter allocation) {
        var last = outcomes.getLast();
        var counters = last.counters();
        rates(counters, size);
        allocated(allocation);
        counts(counters, last.generationBlocks());
        bounds(counters);
        openLoad();
        sums(counters);
        details(fleet, counters);
        for (var own : List.of("sinkCpuSeconds", "fsync", "synchronousCommit")) {
            metrics.absent(own, "NOT_OF_THIS_SINK");
        }
        sink.report(metrics);
        return new TrialReport(
                phases(verification.profile()), metrics.values(), warnings(), details, InputFacts.none());
    }

    private void rates(Counters counters, RecordSize size) {
        metrics.put(
                "recordsPerSecond", median(outcome -> outcome.counters().loaded() * NANOS / outcome.elapsedNanos()));
        metrics.put("rowsPerSecond", median(outcome -> outcome.counters().rows() * NANOS / outcome.elapsedNanos()));
        Double bytes = size.bytes();
        if (bytes == null) {
            metrics.absent("recordBytesPerSecond", "DATASET").absent("bytesPerRecord", "DATASET");
        } else {
            metrics.put(
                    "recordBytesPerSecond",
                    bytes * median(outcome -> outcome.counters().loaded() * NANOS / outcome.elapsedNanos()));
            metrics.put("bytesPerRecord", bytes);
        }
        long delivered = counters.loaded() + counters.deadLettered() + counters.filtered();
        if (delivered == 0) {
            metrics.absent("canonicalBytesPerRecord", "NOTHING_LOADED");
        } else {
            metrics.put("canonicalBytesPerRecord", (double) counters.inputBytes() / delivered);
        }
    }

    private double median(ToDoubleFunction<Fleet.Outcome> figure) {
        var values = outcomes.stream().mapToDouble(figure).sorted().toArray();
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    private void allocated(AllocationMeter allocation) {
        long extracted = outcomes.stream()
                .mapToLong(outcome -> outcome.counters().extracted())
                .sum();
        if (allocation.bytes() < 0 || extracted == 0) {
            metrics.absent("allocatedBytesPerRecord", "NOT_SUPPORTED");
        } else {
            metrics.put("allocatedBytesPerRecord", (double) allocation.bytes() / extracted);
        }
    }

    private void counts(Counters counters, long generationBlocks) {
        metrics.put("extracted", counters.extracted())
                .put("loaded", counters.loaded())
                .put("deadLettered", counters.deadLettered())
                .put("filtered", counters.filtered())
                .put("batches", counters.batches())
                .put("retries", counters.retries())
                .put("failedAttempts", counters.failedAttempts())
                .put("bisections", counters.bisections());
        if (workload.generation() == Generation.BATCHED) {
            metrics.put("generationBlocks", generationBlocks);
        } else {
            metrics.absent("generationBlocks", "NOT_BATCHED");
        }
    }

    private void bounds(Counters counters) {
        metrics.put("queueCapacity", workload.resolvedQueueCapacity())
                .put("queueDepthHighWater", counters.depthHighWater())
                .put("liveRecordsHighWater", counters.liveHighWater())
                .put("liveRecordsBound", EtlEstimate.liveBound(workload, machine) * workload.resolvedSlots())
                .put("producerBlockedSeconds", counters.blockedNanos() / NANOS)
                .put("workerIdleSeconds", counters.idleNanos() / NANOS)
                .put("transformsInFlightHighWater", (long) counters.inFlight())
                .put("meanBatchSize", (double) counters.extracted() / Math.max(1, counters.batches()));
    }

    private void openLoad() {
        Double target = workload.targetRatePerSecond();
        if (target == null) {
            metrics.absent("achievedRatePerSecond", "CLOSED_LOOP").absent("targetMissed", "CLOSED_LOOP");
            return;
        }
        double achieved = median(outcome -> outcome.counters().loaded() * NANOS / outcome.elapsedNanos());
        metrics.put("achievedRatePerSecond", achieved)
                .put("targetMissed", achieved < MISSED * target * workload.resolvedSlots());
    }

    private void sums(Counters counters) {
        metrics.put("loadSum", "%016x".formatted(counters.sum())).put("loadXor", "%016x".formatted(counters.xor()));
    }

    private void details(Fleet fleet, Counters counters) {
        details.put("stageLatencyMillis", latencies.stages());
        details.put("recordLatencyMillis", latencies.records());
        details.put("batchSizeHistogram", histogram(counters.batchSizes()));
        details.put("hooks", fleet.hookCounts());
        details.put("deadLetterIds", counters.deadLetterIds());
        if (workload.isAdaptive()) {
            details.put(
                    "adaptiveTrace",
                    fleet.adaptiveTrace().stream()
                            .map(AdaptiveSizer.Decision::tree)
                            .toList());
        }
    }

    private static List<Map<String, Object>> histogram(long[] sizes) {
        var histogram = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] > 0) {
                var entry = new LinkedHashMap<String, Object>();
                entry.put("upTo", 1L << i);
                entry.put("count", sizes[i]);
                histogram.add(entry);
            }
        }
        return histogram;
    }

    private List<Phase> phases(Fleet.@Nullable Outcome profile) {
        var phases = new ArrayList<Phase>();
        var stages = profile == null ? UNKNOWN : profile.stages();
        for (var stage : Stage.values()) {
            if (stage != Stage.COPY || workload.transformMode() == TransformMode.COPY) {
                phases.add(phase(stage, stages));
            }
        }
        phases.add(phase("other", stages.otherNanos(), nothingKnown(stages)));
        return phases;
    }

    private static Phase phase(Stage stage, StageTimes stages) {
        return phase(
                name(stage),
                stages.nanos().getOrDefault(stage, 0L),
                stages.unknown().get(stage));
    }

    private static Phase phase(String name, long nanos, @Nullable String reason) {
        return reason == null ? Phase.of(name, nanos / NANOS, Clock.CPU) : Phase.unknown(name, Clock.CPU, reason);
    }

    /// Why no stage is known; null where some are.
    private static @Nullable String nothingKnown(StageTimes stages) {
        return stages.unknown().size() == Stage.values().length
                ? stages.unknown().get(Stage.EXTRACT)
                : null;
    }

    private static String name(Stage stage) {
        return switch (stage) {
            case EXTRACT -> "extract";
            case HAND_OVER -> "handOver";
            case COPY -> "copy";
            case TRANSFORM -> "transform";
            case LOAD -> "load";
        };
    }

    private List<Warning> warnings() {
        return EtlWarnings.of(workload, machine);
    }
}
