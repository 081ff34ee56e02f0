package dyno.engine.grouping;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;

/// How many buckets there are and how much of one is in memory at once.
///
/// ```text
///  memory limit ─ JVM ─ collector's room = live bytes
///    ├── pass 1: each worker a row group's pages, and a buffer a bucket
///    └── pass 2: one bucket's columns, records on their way
/// ```
///
/// @param buckets     at least 1
/// @param blockBytes  buffer of one bucket in one worker
/// @param bucketRows  rows that may be in memory at once in pass 2
record SpillPlan(int buckets, int blockBytes, long bucketRows) {

    /// Columns, order and the sort's scratch, per row; texts come in on top.
    private static final int ROW_BYTES = 44;

    private static final int LEAST_BLOCK = 4 << 10;
    private static final int MOST_BLOCK = 256 << 10;
    private static final int FEWEST_BUCKETS = 4;
    private static final int MOST_BUCKETS = 4096;

    static SpillPlan of(GroupingWorkload workload, long rows) {
        long live = GroupingEstimate.streamingHeapBytes(workload);
        long bucketRows = Math.max(1 << 14, live * 2 / 5 / ROW_BYTES);
        // Splitters come from a sample, so that buckets are not quite even.
        long wanted = Math.ceilDiv(rows * 3 / 2, bucketRows);
        int buckets = workload.spillBuckets() > 0
                ? workload.spillBuckets()
                : Math.clamp(wanted, FEWEST_BUCKETS, MOST_BUCKETS);
        long block = live / 4 / buckets / workload.workers();
        if (block < LEAST_BLOCK) {
            throw new EngineException(
                    FailureCode.OUT_OF_MEMORY,
                    "%d buckets of %d workers leave %d bytes of memoryLimitBytes %d to each buffer, less than %d"
                            .formatted(buckets, workload.workers(), block, workload.memoryLimitBytes(), LEAST_BLOCK));
        }
        return new SpillPlan(buckets, (int) Math.min(MOST_BLOCK, block), bucketRows);
    }
}
