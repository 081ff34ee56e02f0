package dyno.engine.aggregation;

import dyno.engine.Metrics;
import java.util.Set;

/// The figures of a case beyond its score.
record CaseMetrics(
        AggregationWorkload workload,
        InputTables tables,
        Set<Table> read,
        Result result,
        Tally tally,
        Metrics metrics) {

    /// @param secondsPerInvocation of the whole timed region
    /// @param loadSeconds          of these, spent loading
    void put(double secondsPerInvocation, double loadSeconds, boolean isLoading) {
        var counts = result.counts();
        long rows = result.rows();
        metrics.put("inputRows", counts.inPeriod)
                .put("labelRows", counts.labelRows)
                .put("storageRows", counts.storageRows)
                .put("inputBytes", tables.bytes(read))
                .put("inputRowsPerSecond", counts.inPeriod / secondsPerInvocation)
                .put("outputRows", rows)
                .put("podOutputRows", result.rows(Output.POD))
                .put("storageOutputRows", result.rows(Output.STORAGE))
                .put("unallocatedOutputRows", result.rows(Output.UNALLOCATED))
                .put("outputRowsPerSecond", rows / secondsPerInvocation);
        if (isLoading) {
            metrics.put("loadRowsPerSecond", rows / loadSeconds);
        } else {
            metrics.absent("loadRowsPerSecond", "NOTHING_LOADED");
        }
        if (workload.strategy() == Strategy.DUCKDB) {
            metrics.absent("chunks", "NO_CHUNKS").absent("maxChunksInFlight", "NO_CHUNKS");
        } else {
            metrics.put("chunks", tally.chunks()).put("maxChunksInFlight", tally.maxChunksInFlight());
        }
        var distinct = tally.distinctLabelTexts();
        if (distinct == null) {
            metrics.absent("distinctLabelTexts", "PARSED_PER_ROW");
        } else {
            metrics.put("distinctLabelTexts", distinct);
        }
        metrics.put("labelParses", tally.labelParses())
                .put("rowsWithoutNode", counts.withoutNode)
                .put("rowsAnomalous", counts.anomalous)
                .put("labelsMalformed", counts.malformedLabels)
                .put("labelConflicts", result.facts().labelConflicts())
                .put("missingHours", result.facts().missingHours());
        if (workload.makes(Output.UNALLOCATED)) {
            metrics.put("nodesWithoutRole", result.facts().nodesWithoutRole());
        } else {
            metrics.absent("nodesWithoutRole", "NOT_UNALLOCATED");
        }
    }
}
