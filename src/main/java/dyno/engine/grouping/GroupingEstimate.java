package dyno.engine.grouping;

import dyno.engine.Dataset;
import dyno.engine.Estimate;
import dyno.engine.grouping.GroupingWorkload.SqlTransport;

/// What a case will need.
final class GroupingEstimate {

    private static final long MIB = 1 << 20;

    /// Pages, chunks on their way, zstd contexts and what verification reads with.
    private static final long FIXED_BYTES = 96 * MIB;

    private static final long WORKER_BYTES = 4 * MIB;
    private static final long COLUMNAR_ROW_BYTES = 32;
    private static final long PROBE_BYTES = 96;
    private static final long SQL_ROW_BYTES = 64;
    private static final long OBJECT_ROW_BYTES = 320;

    /// What the JVM itself takes beside the heap: code, classes, threads, the collector's tables.
    private static final long JVM_BYTES = 112 * MIB;

    /// See `ForkMemory`: a fork's heap is half as large again as the estimate, and 64 MiB.
    private static final long FORKS_OWN_HEAP = 64 * MIB;

    private static final long FORKS_OWN_DIRECT = 16 * MIB;

    private static final int ROWS_A_PROBE = 8;
    private static final int INPUT_ROW_BYTES = 24;
    private static final int OUTPUT_ROW_BYTES = 64;
    private static final int OUTPUT_PROBE_BYTES = 1024;
    private static final int SPILL_ROW_BYTES = 40;

    private static final double MADE_ROWS_PER_SECOND = 400_000;
    private static final double CHECKED_ROWS_PER_SECOND = 1_000_000;
    private static final double SECONDS_PER_QUERY = 0.009;

    private GroupingEstimate() {}

    static Estimate of(GroupingWorkload workload) {
        var generate = workload.input().generate();
        if (generate == null) {
            return of(workload, 1, 1, 0);
        }
        return of(workload, generate.measurements(), generate.probes(), generate.measurements() * INPUT_ROW_BYTES);
    }

    static Estimate of(GroupingWorkload workload, Dataset dataset) {
        long rows = rows(dataset);
        return of(workload, rows, probes(rows), 0);
    }

    static long rows(Dataset dataset) {
        return dataset.facts().get("rows") instanceof Number number ? number.longValue() : 0;
    }

    /// How many probes a dataset may have: its footers do not say.
    static long probes(long rows) {
        return rows / ROWS_A_PROBE;
    }

    private static Estimate of(GroupingWorkload workload, long rows, long probes, long madeBytes) {
        long spill = workload.strategy() == GroupingWorkload.Strategy.STREAMING ? rows * SPILL_ROW_BYTES : 0;
        long output = rows * OUTPUT_ROW_BYTES + probes * OUTPUT_PROBE_BYTES + MIB;
        double prepare = 1 + (madeBytes > 0 ? rows / MADE_ROWS_PER_SECOND : 0) + rows / CHECKED_ROWS_PER_SECOND;
        return new Estimate(
                heapBytes(workload, rows, probes),
                directBytes(workload),
                madeBytes + spill + output,
                prepare,
                seconds(workload, rows, probes));
    }

    /// Live heap of the strategy, and of verification.
    static long heapBytes(GroupingWorkload workload, long rows, long probes) {
        long fixed = FIXED_BYTES + workload.workers() * WORKER_BYTES;
        return switch (workload.strategy()) {
            case COLUMNAR -> fixed + rows * COLUMNAR_ROW_BYTES + probes * PROBE_BYTES;
            case STREAMING -> streamingHeapBytes(workload);
            case SQL_GROUP_BY ->
                fixed
                        + rows * (workload.sqlTransport() == SqlTransport.JDBC ? OBJECT_ROW_BYTES : SQL_ROW_BYTES)
                        + probes * PROBE_BYTES;
            case QUERY_PER_KEY ->
                fixed + 2 * probes * PROBE_BYTES + (workload.sampleKeys() == null ? 0 : rows * COLUMNAR_ROW_BYTES);
        };
    }

    /// What is left of the limit for live objects, so that the whole process stays within it.
    static long streamingHeapBytes(GroupingWorkload workload) {
        long heap = workload.memoryLimitBytes() - JVM_BYTES - FORKS_OWN_DIRECT - directBytes(workload);
        return Math.max(16 * MIB, (heap - FORKS_OWN_HEAP) * 2 / 3);
    }

    static long directBytes(GroupingWorkload workload) {
        return switch (workload.strategy()) {
            case COLUMNAR, STREAMING -> 16 * MIB;
            case SQL_GROUP_BY, QUERY_PER_KEY -> workload.memoryLimitBytes();
        };
    }

    private static double seconds(GroupingWorkload workload, long rows, long probes) {
        return switch (workload.strategy()) {
            case COLUMNAR -> 0.05 + rows / 1_500_000.0;
            case STREAMING -> 0.1 + rows / 700_000.0;
            case SQL_GROUP_BY -> 0.2 + rows / (workload.sqlTransport() == SqlTransport.JDBC ? 150_000.0 : 500_000.0);
            case QUERY_PER_KEY -> {
                var sample = workload.sampleKeys();
                long queries = sample == null ? probes : Math.min(sample, probes);
                yield 0.1 + queries * SECONDS_PER_QUERY * Math.max(0.2, rows / 500_000.0);
            }
        };
    }
}
