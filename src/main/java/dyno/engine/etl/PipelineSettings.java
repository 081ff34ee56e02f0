package dyno.engine.etl;

/// How a pipeline works, whatever its records are.
///
/// @param index              0-based among the pipelines of an invocation
/// @param workers            threads that transform and load
/// @param extractors         threads that read
/// @param firstQueueRecords  capacity of the queue before the feeder; 0 where whole batches are handed over
/// @param queueRecords       records that may wait for workers
/// @param batchSize          most records in one load, or first size where batching adapts
/// @param largestBatch       most records in one load ever
/// @param batchBytes         most input bytes in one load
/// @param batchTimeoutNanos  age at which a partial batch is loaded; `Long.MAX_VALUE`: never
/// @param ratePerSecond      of an open load; 0: as fast as it goes
/// @param loading            see [Loading]
/// @param transforming       see [Transforming]
/// @param isCountedAtOnce    one sequentially consistent add a batch, instead of a counter a worker
/// @param isProfiled         whether stage clocks run
record PipelineSettings(
        int index,
        int workers,
        int extractors,
        int firstQueueRecords,
        int queueRecords,
        int batchSize,
        int largestBatch,
        long batchBytes,
        long batchTimeoutNanos,
        double ratePerSecond,
        Loading loading,
        Transforming transforming,
        boolean isCountedAtOnce,
        boolean isProfiled) {

    /// How loads are tried.
    ///
    /// @param timeoutNanos    a longer attempt is interrupted
    /// @param isGivenUp       whether what cannot be loaded becomes a dead letter; else the pipeline fails
    /// @param deadLetterLimit more than that end the pipeline
    /// @param isChecked       whether the sink is asked before the first attempt already: after a restart
    record Loading(RetryPolicy retry, long timeoutNanos, boolean isGivenUp, long deadLetterLimit, boolean isChecked) {}

    /// How transforms of one batch run.
    ///
    /// @param waitNanos   how long each waits
    /// @param concurrency most at a time; 0: automatic
    /// @param processors  of the machine
    record Transforming(long waitNanos, int concurrency, int processors) {}

    boolean isRecordByRecord() {
        return firstQueueRecords > 0;
    }

    boolean isPaced() {
        return ratePerSecond > 0;
    }

    /// Batches that the queue holds where whole ones are handed over.
    int queueBatches() {
        return Math.max(1, queueRecords / largestBatch);
    }

    /// Threads of the pipeline.
    int threads() {
        return workers + extractors + (isRecordByRecord() ? 1 : 0);
    }

    /// Most records that can be alive at a time, out of `records`.
    long liveBound(long records) {
        long bound = isRecordByRecord()
                ? firstQueueRecords + (long) queueRecords + (long) workers * largestBatch + 2
                : queueRecords + (long) (workers + extractors) * largestBatch;
        return Math.min(records, bound);
    }

    PipelineSettings profiled() {
        return new PipelineSettings(
                index,
                workers,
                extractors,
                firstQueueRecords,
                queueRecords,
                batchSize,
                largestBatch,
                batchBytes,
                batchTimeoutNanos,
                ratePerSecond,
                loading,
                transforming,
                isCountedAtOnce,
                true);
    }
}
