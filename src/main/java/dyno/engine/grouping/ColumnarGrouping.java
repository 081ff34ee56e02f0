package dyno.engine.grouping;

import dyno.engine.grouping.CountingSort.Result;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/// Strategy COLUMNAR: the five columns in memory, row numbers sorted by counting, records written from columns.
final class ColumnarGrouping implements Grouping {

    private static final int PROBES_A_PIECE = 1024;

    @Override
    public OutputTotals group(Invocation run) throws IOException, InterruptedException {
        long start = run.clock.getAsLong();
        try (var files = InputFiles.open(run.input.paths());
                var output = new RecordOutput(run)) {
            var columns = new InputColumns(files.rows());
            run.inputRows = files.rows();
            read(run, files, columns);
            long read = run.clock.getAsLong();
            run.addRead(read - start);
            run.dropped = columns.drop();
            var grouped = sorted(columns, run.stage);
            run.groupNanos += run.clock.getAsLong() - read;
            output.write(grouped, SplitRule.of(run.workload, grouped.probes()));
            return output.finish();
        }
    }

    private static void read(Invocation run, InputFiles files, InputColumns columns)
            throws IOException, InterruptedException {
        var kinds = ColumnLoad.Kind.values();
        var parts = files.parts();
        var load = new ColumnLoad(files, columns, run.stage::check);
        var busy = new AtomicLong();
        run.stage.deal(parts.size() * kinds.length, (piece, worker) -> {
            long start = run.clock.getAsLong();
            load.load(parts.get(piece / kinds.length), kinds[piece % kinds.length]);
            busy.addAndGet(run.clock.getAsLong() - start);
        });
        run.readThreadNanos = busy.get();
    }

    /// Groups and sorts what is in memory.
    static Grouped sorted(InputColumns columns, Stage stage) throws IOException, InterruptedException {
        var sources = columns.sourceTable.addresses();
        Result sorted = CountingSort.sort(columns.sources, columns.rows, sources, columns.sourceTable.size(), stage);
        var sorts = new TimeSort[stage.workers()];
        int probes = sorted.codes().length;
        stage.deal(Math.ceilDiv(probes, PROBES_A_PIECE), (piece, worker) -> {
            if (sorts[worker] == null) {
                sorts[worker] = new TimeSort();
            }
            int end = Math.min(probes, (piece + 1) * PROBES_A_PIECE);
            for (int rank = piece * PROBES_A_PIECE; rank < end; rank++) {
                sorts[worker].sort(
                        sorted.order(), sorted.starts()[rank], sorted.starts()[rank + 1], columns.timeMicros);
            }
        });
        return new Grouped(columns.measurements(), sorted.order(), sorted.starts(), sources, sorted.codes());
    }
}
