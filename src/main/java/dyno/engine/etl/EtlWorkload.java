package dyno.engine.etl;

import dyno.engine.Field;
import dyno.engine.Workload;
import org.jspecify.annotations.Nullable;

/// Which records go through which pipeline into which sink, and what goes wrong on the way.
public record EtlWorkload(
        @Field(value = "what is done with a record, and the defaults of the rest", defaultValue = "LEVEL_3")
        Profile profile,

        @Field(
                value = "records per pipeline and invocation; of a dataset at most that many",
                computedDefault = "the profile's; for a dataset all of it",
                min = "1",
                max = "1000000000")
        long records,

        @Field(
                value = "decides every generated record",
                defaultValue = "42",
                min = "-9223372036854775808",
                max = "9223372036854775807")
        long seed,

        @Field(value = "a dataset instead of generated records", optional = true) @Nullable
        Input input,

        @Field(value = "which record is generated", computedDefault = "the profile's; for a dataset ORIGINAL")
        RecordShape recordShape,

        @Field("an object graph a record, or rows of reusable columns; null: COLUMNS for OPTIMISED with handOver BATCH"
                + " and transformMode IN_PLACE, else OBJECTS")
        @Nullable
        Layout layout,

        @Field(value = "one by one, in blocks, or once before the timed region", computedDefault = "the profile's")
        Generation generation,

        @Field(value = "ids of a block of generation BATCHED", defaultValue = "50", min = "1", max = "100000")
        int generationBlock,

        @Field(value = "what passes from extractors to workers at a time", defaultValue = "BATCH")
        HandOver handOver,

        @Field(value = "most records in one load", computedDefault = "the profile's", min = "1", max = "100000")
        int batchSize,

        @Field(
                value = "most canonical input bytes in one load; a larger record is a batch of its own; null: any",
                min = "1",
                max = "1073741824")
        @Nullable
        Long batchBytes,

        @Field(
                value = "age of a partial batch's oldest record at which it is loaded; null: never",
                computedDefault = "the profile's",
                min = "1",
                max = "3600000",
                nullIsValue = true)
        @Nullable
        Integer batchTimeoutMillis,

        @Field(value = "threads that transform and load", computedDefault = "the profile's", min = "1", max = "256")
        int workers,

        @Field(
                value =
                        "threads that read or generate; null: 1 for handOver RECORD, open load and datasets, else half of"
                                + " min(workers, cores), rounded up, and all of it for ORIGINAL",
                min = "1",
                max = "64")
        @Nullable
        Integer extractors,

        @Field(
                value = "records that may wait between extract and workers; null: batchSize × workers × 2, of"
                        + " maxBatchSize where batching adapts",
                min = "1",
                max = "4194304")
        @Nullable
        Integer queueCapacity,

        @Field(value = "transforms of one batch in flight per worker; null: automatic", min = "1", max = "10000")
        @Nullable
        Integer transformConcurrency,

        @Field(value = "a deep copy of every record before its transform, or none", defaultValue = "IN_PLACE")
        TransformMode transformMode,

        @Field(
                value = "how long every transform waits, for a lookup, say, without burning CPU",
                defaultValue = "0",
                min = "0",
                max = "10000000")
        int transformWaitMicros,

        @Field(value = "SHA-256 rounds of profile HEAVY", defaultValue = "16", min = "1", max = "100000")
        int hashRounds,

        @Field(
                value = "a plain counter a worker, summed at the end, or one sequentially consistent add a batch",
                defaultValue = "RELAXED")
        Counters counters,

        @Field(value = "how the batch size follows the rate", defaultValue = "OFF")
        Adaptive adaptiveBatching,

        @Field(value = "smallest batch while adapting", defaultValue = "1", min = "1", max = "100000")
        int minBatchSize,

        @Field(value = "largest batch while adapting", defaultValue = "10000", min = "1", max = "100000")
        int maxBatchSize,

        @Field(value = "records a second that RATIO steers to", min = "1", max = "1000000000") @Nullable
        Long adaptiveTargetPerSecond,

        @Field(value = "length of one decision window", defaultValue = "100", min = "10", max = "10000")
        int adaptWindowMillis,

        @Field(
                value = "open load: record i is due at start + i / rate whatever the pipeline does; null: as fast as it"
                        + " goes",
                min = "0.1",
                max = "100000000")
        @Nullable
        Double targetRatePerSecond,

        @Field(value = "where results go", computedDefault = "the profile's")
        SinkKind sink,

        @Field(value = "how rows reach sink POSTGRES", defaultValue = "COPY_BINARY")
        LoadMethod loadMethod,

        @Field(value = "tables of sink POSTGRES", defaultValue = "LOGGED")
        TableKind tableKind,

        @Field(
                value = "a configured target, or service, for a load that is kept; null: scratch",
                min = "1",
                max = "63",
                pattern = "[A-Za-z0-9][A-Za-z0-9_.-]*")
        @Nullable
        String target,

        @Field(value = "schema of a kept load, without its prefix etl_", pattern = "[a-z][a-z0-9_]{0,40}") @Nullable
        String targetSchema,

        @Field(value = "rows whose key exists already in a kept target", defaultValue = "FAIL")
        OnConflict onConflict,

        @Field(value = "how long each load of sink COUNT waits", defaultValue = "0", min = "0", max = "10000000")
        int loadWaitMicros,

        @Field(value = "uniform jitter around loadWaitMicros", defaultValue = "0", min = "0", max = "10000000")
        int loadJitterMicros,

        @Field(
                value = "a load attempt that takes longer is interrupted and has failed",
                defaultValue = "30000",
                min = "10",
                max = "600000")
        int loadTimeoutMillis,

        @Field(value = "injected faults", defaultValue = "NONE")
        FailureMode failureMode,

        @Field(
                value = "share of batches (TRANSIENT, STALL) or records (POISON) that are struck",
                defaultValue = "0.0",
                min = "0",
                max = "1")
        double failureRatio,

        @Field(
                value = "attempts of a struck batch that fail (TRANSIENT, STALL)",
                defaultValue = "1",
                min = "1",
                max = "100")
        int failureAttempts,

        @Field(value = "load attempts a batch, the first included", defaultValue = "3", min = "1", max = "100")
        int maxAttempts,

        @Field(
                value = "the wait before attempt a + 1 is uniform in 0 to backoffMillis × 2^(a − 1)",
                defaultValue = "10",
                min = "0",
                max = "60000")
        int backoffMillis,

        @Field(value = "longest wait between attempts", defaultValue = "1000", min = "0", max = "60000")
        int backoffMaxMillis,

        @Field(value = "what becomes of a batch whose attempts are used up", defaultValue = "FAIL")
        OnError onError,

        @Field(value = "more dead letters than that end the run", defaultValue = "10000", min = "0", max = "100000000")
        int deadLetterLimit,

        @Field(value = "pipelines in one invocation", defaultValue = "1", min = "1", max = "64")
        int pipelines,

        @Field(value = "pipelines that run at once; null: all", min = "1", max = "64") @Nullable
        Integer pipelineSlots,

        @Field(value = "what the other pipelines do when one fails", defaultValue = "CANCEL_SIBLINGS")
        PipelineFailure pipelineFailure,

        @Field(value = "the whole way, or only making or copying records on one thread", defaultValue = "PIPELINE")
        Scope scope)
        implements Workload {

    /// A dataset of kind `users`.
    public record Input(
            @Field(value = "name of a dataset of kind users", min = "1", max = "128")
            String dataset) {}

    /// What is done with a record.
    public enum Profile {
        MEMORY_ONLY,
        LIGHT,
        HEAVY,
        NETWORK,
        DATABASE,
        ORIGINAL,
        LEVEL_1,
        LEVEL_2,
        LEVEL_3
    }

    public enum RecordShape {
        ORIGINAL,
        OPTIMISED
    }

    public enum Layout {
        OBJECTS,
        COLUMNS
    }

    public enum Generation {
        SINGLE,
        BATCHED,
        PREPARED
    }

    public enum HandOver {
        /// Record by record through two queues: the peer's architecture.
        RECORD,
        /// Whole batches through one queue: ours.
        BATCH
    }

    public enum TransformMode {
        COPY,
        IN_PLACE
    }

    public enum Counters {
        RELAXED,
        SEQUENTIAL
    }

    public enum Adaptive {
        OFF,
        RATIO,
        HILL_CLIMB
    }

    public enum SinkKind {
        COUNT,
        POSTGRES,
        HTTP,
        FILE
    }

    public enum LoadMethod {
        COPY_BINARY,
        INSERT_MULTI,
        INSERT_BATCH,
        INSERT_ROW
    }

    public enum TableKind {
        LOGGED,
        UNLOGGED
    }

    public enum OnConflict {
        FAIL,
        SKIP,
        REPLACE
    }

    public enum FailureMode {
        NONE,
        TRANSIENT,
        POISON,
        ALWAYS,
        STALL
    }

    public enum OnError {
        FAIL,
        DEAD_LETTER
    }

    public enum PipelineFailure {
        CANCEL_SIBLINGS,
        FINISH_SIBLINGS
    }

    public enum Scope {
        PIPELINE,
        GENERATE,
        COPY
    }

    boolean isAdaptive() {
        return adaptiveBatching != Adaptive.OFF;
    }

    /// Most records that a load may ever have.
    int largestBatch() {
        return isAdaptive() ? maxBatchSize : batchSize;
    }

    /// Whether records are rows of columns.
    boolean isColumnar() {
        return layout == null
                ? recordShape == RecordShape.OPTIMISED
                        && input == null
                        && handOver == HandOver.BATCH
                        && transformMode == TransformMode.IN_PLACE
                : layout == Layout.COLUMNS;
    }

    /// Records that may wait between extract and workers, as resolved. Beyond what a queue may hold where the formula
    /// gives that: a contradiction.
    long resolvedQueueCapacity() {
        return queueCapacity == null ? 2L * largestBatch() * workers : queueCapacity;
    }

    /// Threads that read or generate, as resolved.
    ///
    /// @param processors of the machine
    int resolvedExtractors(int processors) {
        if (extractors != null) {
            return extractors;
        }
        if (handOver == HandOver.RECORD || targetRatePerSecond != null || input != null || target != null) {
            return 1;
        }
        int atOnce = Math.min(workers, processors);
        return recordShape == RecordShape.ORIGINAL ? atOnce : (atOnce + 1) / 2;
    }

    int resolvedSlots() {
        return pipelineSlots == null ? pipelines : Math.min(pipelineSlots, pipelines);
    }

    /// What becomes of a record.
    TransformKind transform() {
        if (recordShape == RecordShape.ORIGINAL) {
            return sink == SinkKind.POSTGRES ? TransformKind.ROWS : TransformKind.T1;
        }
        return switch (profile) {
            case MEMORY_ONLY -> TransformKind.T0;
            case HEAVY -> TransformKind.T3;
            case LIGHT, NETWORK, DATABASE, ORIGINAL, LEVEL_1, LEVEL_2, LEVEL_3 -> TransformKind.T2;
        };
    }
}
