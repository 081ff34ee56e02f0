package dyno.engine.aggregation;

import dyno.engine.Estimate;

/// What a case will need.
///
/// ```text
/// STREAMING*              160 MiB + (workers + queueChunks) · chunkRows · 200 B + groups · 600 B    whatever the rows
/// IN_MEMORY, prefetch ALL 160 MiB + rows · 320 B
/// ```
///
/// 400 and 560 B where columns are not pruned. Of the 160 MiB, the heap's share is what a fork's heap is made from;
/// the rest stands for memory outside of it.
final class AggregationEstimate {

    private static final long MIB = 1L << 20;
    /// Enough to verify the million rows of `PLAN_1M` too (`AggregationMemoryIT`).
    private static final long HEAP_BASE = 96 * MIB;

    private static final long OUTSIDE_HEAP = 64 * MIB;
    private static final long GROUP_BYTES = 600;
    private static final long UNKNOWN_GROUPS = 1_000_000;
    private static final long DUCKDB_BYTES = 768 * MIB;
    private static final long DUCKDB_GROUP_BYTES = 2_000;
    private static final double ROWS_PER_SECOND = 1_000_000;
    private static final double GENERATED_ROWS_PER_SECOND = 300_000;
    private static final double VERIFIED_ROWS_PER_SECOND = 400_000;

    private AggregationEstimate() {}

    static Estimate of(AggregationWorkload workload) {
        return of(workload, rows(workload));
    }

    /// @param rows pod rows of the input
    static Estimate of(AggregationWorkload workload, long rows) {
        long groups = Math.min(rows, groups(workload));
        double prepare = 3 + rows / GENERATED_ROWS_PER_SECOND + 3 * rows / VERIFIED_ROWS_PER_SECOND;
        double invocation = 0.1 + rows / ROWS_PER_SECOND + (workload.isLoading() ? groups / 100_000.0 : 0);
        var generate = workload.input().generate();
        long scratch = 64 * MIB + (generate == null ? 0 : InputCache.estimatedBytes(generate));
        return new Estimate(heap(workload, rows, groups), outside(workload, groups), scratch, prepare, invocation);
    }

    private static long heap(AggregationWorkload workload, long rows, long groups) {
        boolean isPruned = workload.columnPruning();
        return HEAP_BASE
                + (workload.input().isThroughStore() ? S3Blocks.MOST_BYTES : 0)
                + switch (workload.strategy()) {
                    // Its rows, and the streaming aggregation that verifies them.
                    case DUCKDB -> 4 * groups * GROUP_BYTES;
                    case IN_MEMORY -> rows * (isPruned ? 320 : 560);
                    case STREAMING, STREAMING_PARALLEL ->
                        workload.prefetch() == Prefetch.ALL
                                ? rows * (isPruned ? 320 : 560)
                                : inFlight(workload, rows) * (isPruned ? 200 : 400) + groups * GROUP_BYTES;
                };
    }

    /// Rows of the chunks that may be in flight, never more than there are.
    private static long inFlight(AggregationWorkload workload, long rows) {
        int queued = workload.strategy() == Strategy.STREAMING ? 1 : workload.queueChunks();
        return Math.min(rows, (long) (workload.workers() + queued) * workload.chunkRows());
    }

    private static long outside(AggregationWorkload workload, long groups) {
        return workload.strategy() == Strategy.DUCKDB
                ? OUTSIDE_HEAP + DUCKDB_BYTES + groups * DUCKDB_GROUP_BYTES
                : OUTSIDE_HEAP;
    }

    /// What DuckDB may take as the strategy, and when it verifies.
    ///
    /// @param rows pod rows of the input
    static long duckDbBytes(AggregationWorkload workload, long rows) {
        return DUCKDB_BYTES + Math.min(rows, groups(workload)) * DUCKDB_GROUP_BYTES;
    }

    static long rows(AggregationWorkload workload) {
        var generate = workload.input().generate();
        return generate == null || !generate.isSized() ? UNKNOWN_GROUPS : generate.podRows();
    }

    /// At most: each day's combinations of node, namespace and pod label that its pods can have.
    static long groups(AggregationWorkload workload) {
        var generate = workload.input().generate();
        if (generate == null || !generate.isSized()) {
            return UNKNOWN_GROUPS;
        }
        long perNode = generate.layout() == PodLayout.PACKED ? 1 : generate.namespaceCount();
        double combinations = (double) generate.nodeCount() * perNode * generate.labelCardinality();
        return generate.days() * (long) Math.min(generate.podCount(), combinations);
    }
}
