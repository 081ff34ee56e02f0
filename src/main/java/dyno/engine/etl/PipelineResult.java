package dyno.engine.etl;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a run of a pipeline ended.
///
/// @param error   the first one; null unless the pipeline failed
/// @param further errors after it
/// @param stages  what the threads' CPU time was spent on, in a profiled run; nothing else
record PipelineResult(
        State state, Counters counters, @Nullable Throwable error, List<Throwable> further, StageTimes stages) {

    enum State {
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    /// What was counted.
    ///
    /// @param sum          wrapping sum of the loaded rows' values
    /// @param xor          of the loaded rows' values
    /// @param inputBytes   canonical bytes of all records that were extracted and delivered
    /// @param batchSizes   entry i: batches of more than 2^(i - 1) records, up to 2^i
    /// @param blockedNanos that extractors waited
    /// @param idleNanos    that workers waited
    /// @param agedBatches  loaded because of their age
    @SuppressWarnings("ArrayRecordComponent") // Read, never compared.
    record Counters(
            long extracted,
            long loaded,
            long rows,
            long sum,
            long xor,
            long inputBytes,
            long deadLettered,
            long filtered,
            long batches,
            long retries,
            long failedAttempts,
            long bisections,
            long depthHighWater,
            long liveHighWater,
            long blockedNanos,
            long idleNanos,
            long agedBatches,
            int largestBatch,
            long largestBatchBytes,
            int inFlight,
            long[] batchSizes,
            List<Long> deadLetterIds) {

        static final Counters NONE =
                new Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, new long[32], List.of());

        /// Of several pipelines together.
        Counters plus(Counters other) {
            var sizes = batchSizes.clone();
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] += other.batchSizes[i];
            }
            return new Counters(
                    extracted + other.extracted,
                    loaded + other.loaded,
                    rows + other.rows,
                    sum + other.sum,
                    xor ^ other.xor,
                    inputBytes + other.inputBytes,
                    deadLettered + other.deadLettered,
                    filtered + other.filtered,
                    batches + other.batches,
                    retries + other.retries,
                    failedAttempts + other.failedAttempts,
                    bisections + other.bisections,
                    Math.max(depthHighWater, other.depthHighWater),
                    liveHighWater + other.liveHighWater,
                    blockedNanos + other.blockedNanos,
                    idleNanos + other.idleNanos,
                    agedBatches + other.agedBatches,
                    Math.max(largestBatch, other.largestBatch),
                    Math.max(largestBatchBytes, other.largestBatchBytes),
                    Math.max(inFlight, other.inFlight),
                    sizes,
                    Stream.concat(deadLetterIds.stream(), other.deadLetterIds.stream())
                            .sorted()
                            .limit(20)
                            .toList());
        }
    }
}
