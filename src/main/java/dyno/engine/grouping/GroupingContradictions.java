package dyno.engine.grouping;

import dyno.engine.Contradictions;
import dyno.engine.Given;
import dyno.engine.grouping.GroupingWorkload.Packing;
import dyno.engine.grouping.GroupingWorkload.Split;
import dyno.engine.grouping.GroupingWorkload.Strategy;

/// What bounds cannot say of a workload: "field needs X, but Y is Z".
final class GroupingContradictions {

    /// Records on their way, buffers and the largest record itself have to fit beside each other.
    private static final int RECORDS_IN_MEMORY = 16;

    private static final double TENTHS_TOLERANCE = 1e-9;

    private final GroupingWorkload workload;
    private final Given given;
    private final Contradictions found;

    private GroupingContradictions(GroupingWorkload workload, Given given, Contradictions found) {
        this.workload = workload;
        this.given = given;
        this.found = found;
    }

    static void find(GroupingWorkload workload, Given given, Contradictions found) {
        var search = new GroupingContradictions(workload, given, found);
        search.input();
        search.strategy();
        search.output();
    }

    private void input() {
        var generate = workload.input().generate();
        var dataset = workload.input().dataset();
        if (generate != null && dataset != null) {
            found.add("input", "input needs one of generate and dataset, but both are given");
        }
        if (generate == null && dataset == null) {
            found.add("input", "input needs one of generate and dataset, but none is given");
        }
        if (generate == null) {
            return;
        }
        long measurements = generate.measurements();
        atMost("input.generate.probes", "probes", generate.probes(), "measurements", measurements);
        atMost("input.generate.files", "files", generate.files(), "measurements", measurements);
        findLimits(workload, given, measurements, generate.probes(), found);
        var sample = workload.sampleKeys();
        if (sample != null) {
            atMost("sampleKeys", "sampleKeys", sample, "probes", generate.probes());
        }
    }

    private void atMost(String field, String name, long value, String bound, long most) {
        if (value > most) {
            found.add(field, "%s must not exceed %s (%d), but is %d".formatted(name, bound, most, value));
        }
    }

    private void strategy() {
        if (workload.sampleKeys() != null) {
            needs("sampleKeys", Strategy.QUERY_PER_KEY);
        }
        for (var field : new String[] {"spillBuckets", "resume"}) {
            if (given.has(field)) {
                needs(field, Strategy.STREAMING);
            }
        }
        if (given.has("sqlTransport")) {
            needs("sqlTransport", Strategy.SQL_GROUP_BY);
        }
        if (workload.strategy() == Strategy.STREAMING
                && workload.memoryLimitBytes() / RECORDS_IN_MEMORY < workload.maxRowBytes()) {
            found.add(
                    "memoryLimitBytes",
                    "memoryLimitBytes must be at least 16 × maxRowBytes with strategy STREAMING, but is %d with maxRowBytes %d"
                            .formatted(workload.memoryLimitBytes(), workload.maxRowBytes()));
        }
    }

    /// Where the client said how much memory there may be, or the input has more rows than an array.
    static void findLimits(GroupingWorkload workload, Given given, long rows, long probes, Contradictions found) {
        if (workload.strategy() != Strategy.STREAMING && rows > InputColumns.MOST_ROWS) {
            found.add(
                    "strategy",
                    "strategy needs STREAMING for more than %d rows, but is %s with %d"
                            .formatted(InputColumns.MOST_ROWS, workload.strategy(), rows));
        }
        if (workload.strategy() == Strategy.COLUMNAR && given.has("memoryLimitBytes")) {
            long needed = GroupingEstimate.heapBytes(workload, rows, probes) + GroupingEstimate.directBytes(workload);
            if (needed > workload.memoryLimitBytes()) {
                found.beyondLimit(
                        "memoryLimitBytes",
                        "strategy COLUMNAR needs about %d bytes, but memoryLimitBytes is %d"
                                .formatted(needed, workload.memoryLimitBytes()));
            }
        }
    }

    private void needs(String field, Strategy strategy) {
        if (workload.strategy() != strategy) {
            found.add(
                    field, "%s needs strategy %s, but strategy is %s".formatted(field, strategy, workload.strategy()));
        }
    }

    private void output() {
        if (given.has("compressionLevel") && workload.compression() == Packing.NONE) {
            found.add("compressionLevel", "compressionLevel needs compression ZSTD, but compression is NONE");
        }
        double tenths = 10 * workload.trainRatio();
        if (workload.split() == Split.HASH && Math.abs(tenths - Math.rint(tenths)) > TENTHS_TOLERANCE) {
            found.add(
                    "trainRatio",
                    "trainRatio must be a multiple of 0.1 with split HASH, but is %s".formatted(workload.trainRatio()));
        }
    }
}
