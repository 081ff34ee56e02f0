package dyno.engine.etl;

import dyno.engine.etl.EtlWorkload.Adaptive;
import dyno.engine.etl.EtlWorkload.FailureMode;
import dyno.engine.etl.EtlWorkload.HandOver;
import dyno.engine.etl.EtlWorkload.Layout;
import dyno.engine.etl.EtlWorkload.SinkKind;
import dyno.engine.etl.EtlWorkload.TransformMode;
import org.jspecify.annotations.Nullable;

/// Workloads for a pass that looks at the output: the same records into sink COUNT, without what only takes time.
final class DigestPass {

    private DigestPass() {}

    /// By the same pipeline.
    static EtlWorkload of(EtlWorkload workload) {
        var sizes =
                new Sizes(workload.workers(), workload.batchSize(), workload.queueCapacity(), workload.extractors());
        return plain(workload, workload.handOver(), workload.layout(), sizes, workload.transformMode());
    }

    /// By another pipeline.
    static EtlWorkload otherwise(EtlWorkload workload, HandOver handOver, int workers, int batchSize) {
        var sizes = new Sizes(workers, batchSize, null, null);
        return plain(workload, handOver, null, sizes, TransformMode.IN_PLACE);
    }

    private record Sizes(
            int workers,
            int batchSize,
            @Nullable Integer queueCapacity,
            @Nullable Integer extractors) {}

    private static EtlWorkload plain(
            EtlWorkload of, HandOver handOver, @Nullable Layout layout, Sizes sizes, TransformMode transformMode) {
        boolean isPoisoned = of.failureMode() == FailureMode.POISON;
        return new EtlWorkload(
                of.profile(),
                of.records(),
                of.seed(),
                of.input(),
                of.recordShape(),
                layout,
                of.generation(),
                of.generationBlock(),
                handOver,
                sizes.batchSize(),
                of.batchBytes(),
                of.batchTimeoutMillis(),
                sizes.workers(),
                sizes.extractors(),
                sizes.queueCapacity(),
                null,
                transformMode,
                0,
                of.hashRounds(),
                of.counters(),
                Adaptive.OFF,
                of.minBatchSize(),
                of.maxBatchSize(),
                null,
                of.adaptWindowMillis(),
                null,
                SinkKind.COUNT,
                of.loadMethod(),
                of.tableKind(),
                null,
                null,
                of.onConflict(),
                0,
                0,
                of.loadTimeoutMillis(),
                isPoisoned ? FailureMode.POISON : FailureMode.NONE,
                isPoisoned ? of.failureRatio() : 0,
                of.failureAttempts(),
                of.maxAttempts(),
                of.backoffMillis(),
                of.backoffMaxMillis(),
                of.onError(),
                of.deadLetterLimit(),
                of.pipelines(),
                of.pipelineSlots(),
                of.pipelineFailure(),
                of.scope());
    }
}
