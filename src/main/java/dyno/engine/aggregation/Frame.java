package dyno.engine.aggregation;

import dyno.engine.Cancellation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// The whole input in memory, and passes over all of it: parse, merge, effective usage, group. Used by one thread at
/// a time.
final class Frame {

    private static final int ROWS_AT_A_TIME = 1 << 20;

    private final AggregationWorkload workload;
    private final Worker worker;
    private final Lookups lookups;
    private final Cancellation cancellation;
    private final List<PodChunk> blocks = new ArrayList<>();

    Frame(AggregationWorkload workload, Worker worker, Lookups lookups, Cancellation cancellation) {
        this.workload = workload;
        this.worker = worker;
        this.lookups = lookups;
        this.cancellation = cancellation;
    }

    GroupTable aggregate(Iterator<PodReader> rowGroups) throws IOException {
        var stopwatch = worker.stopwatch;
        long start = stopwatch.now();
        while (rowGroups.hasNext()) {
            read(rowGroups.next());
        }
        start = stopwatch.add(Stopwatch.Part.READ, start);
        for (var block : blocks) {
            cancellation.check();
            block.resolveLabels(worker.resolver, workload.labelMode());
        }
        for (var block : blocks) {
            cancellation.check();
            worker.mergeRows(block, lookups);
        }
        start = stopwatch.add(Stopwatch.Part.PARSE_LABELS, start);
        for (var block : blocks) {
            cancellation.check();
            effective(block, Metric.CPU_EFFECTIVE);
            effective(block, Metric.MEMORY_EFFECTIVE);
        }
        for (var block : blocks) {
            cancellation.check();
            worker.aggregator().add(block);
        }
        stopwatch.add(Stopwatch.Part.AGGREGATE, start);
        return worker.groups;
    }

    private void read(PodReader reader) throws IOException {
        cancellation.check();
        var block = new PodChunk();
        while (reader.fill(block, ROWS_AT_A_TIME)) {
            blocks.add(block.trimmed());
        }
    }

    private static void effective(PodChunk block, Metric metric) {
        double[] column = new double[block.rows];
        for (int row = 0; row < block.rows; row++) {
            column[row] = ChunkAggregator.effective(block, row, metric);
        }
        block.values[metric.index()] = column;
    }
}
