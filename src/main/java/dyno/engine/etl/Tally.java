package dyno.engine.etl;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What one worker counted. Written by it alone; others read while it works only what is opaque, the rest after the
/// worker's end.
final class Tally {

    private static final VarHandle LOADED;
    private static final VarHandle DONE;

    static {
        try {
            var lookup = MethodHandles.lookup();
            LOADED = lookup.findVarHandle(Tally.class, "loaded", long.class);
            DONE = lookup.findVarHandle(Tally.class, "done", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int SIZES = 32;

    private long loaded;
    private long done;
    long rows;
    long sum;
    long xor;
    long inputBytes;
    long filtered;
    long batches;
    long retries;
    long failedAttempts;
    long bisections;
    long idleNanos;
    long agedBatches;
    int largestBatch;
    long largestBatchBytes;
    int inFlight;
    final long[] batchSizes = new long[SIZES];

    void addLoaded(long records) {
        LOADED.setOpaque(this, loaded + records);
    }

    /// Records loaded so far; may be asked by any thread.
    long loaded() {
        return (long) LOADED.getOpaque(this);
    }

    void addDone(long records) {
        DONE.setOpaque(this, done + records);
    }

    /// Records of batches that are through so far: loaded, filtered or dead letters; may be asked by any thread.
    long done() {
        return (long) DONE.getOpaque(this);
    }

    /// Adds one row's value.
    void addValue(long value) {
        sum += value;
        xor ^= value;
    }

    void addValues(long valuesSum, long valuesXor) {
        sum += valuesSum;
        xor ^= valuesXor;
    }

    void addBatch(int records, long bytes) {
        batches++;
        largestBatch = Math.max(largestBatch, records);
        if (records > 1) {
            // A single record may be larger than a batch may be.
            largestBatchBytes = Math.max(largestBatchBytes, bytes);
        }
        batchSizes[records <= 1 ? 0 : SIZES - Integer.numberOfLeadingZeros(records - 1)]++;
    }

    /// Adds what another worker counted. After both have ended.
    void add(Tally other) {
        addLoaded(other.loaded);
        rows += other.rows;
        addValues(other.sum, other.xor);
        inputBytes += other.inputBytes;
        filtered += other.filtered;
        batches += other.batches;
        retries += other.retries;
        failedAttempts += other.failedAttempts;
        bisections += other.bisections;
        idleNanos += other.idleNanos;
        agedBatches += other.agedBatches;
        largestBatch = Math.max(largestBatch, other.largestBatch);
        largestBatchBytes = Math.max(largestBatchBytes, other.largestBatchBytes);
        inFlight = Math.max(inFlight, other.inFlight);
        for (int i = 0; i < SIZES; i++) {
            batchSizes[i] += other.batchSizes[i];
        }
    }
}
