package dyno.engine.grouping;

import dyno.engine.arrayrecord.Compression;
import dyno.engine.arrayrecord.WriterOptions;
import dyno.engine.grouping.GroupingWorkload.Packing;
import dyno.engine.grouping.RecordPlan.Edges;
import dyno.engine.kernel.Closing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/// Writes grouped measurements to the two files, with all workers. Every strategy ends here.
///
/// What goes into encoding and into writing on the wall clock is added to the invocation, where they can be told
/// apart. Used by one thread at a time. Closed without [#finish] it leaves no file behind.
final class RecordOutput implements AutoCloseable {

    private final GroupingWorkload workload;
    private final Stage stage;
    private final LongSupplier clock;
    private final Map<Side, OutputFile> files = new EnumMap<>(Side.class);
    private final RunEncoder[] encoders;
    private long positions;
    private long splitProbes;
    private int maxParts;
    private long busiestNanos;
    private long busyNanos;

    private final Invocation run;

    RecordOutput(Invocation run) throws IOException {
        this.run = run;
        this.workload = run.workload;
        this.stage = run.stage;
        this.clock = run.clock;
        var options = options(workload);
        this.encoders = new RunEncoder[stage.workers()];
        try {
            for (int i = 0; i < encoders.length; i++) {
                encoders[i] = new RunEncoder(options, clock);
            }
            for (var side : Side.values()) {
                files.put(side, new OutputFile(run.folder, side, options, run.maker));
            }
        } catch (Throwable e) {
            all().after(e);
            throw e;
        }
    }

    static WriterOptions options(GroupingWorkload workload) {
        return new WriterOptions(
                workload.groupSize(),
                workload.compression() == Packing.NONE
                        ? Compression.NONE
                        : Compression.zstd(workload.compressionLevel()));
    }

    /// Appends all records of `grouped`, whose addresses all lie behind those that were written before.
    void write(Grouped grouped, SplitRule rule) throws IOException, InterruptedException {
        write(grouped, rule, Edges.NONE);
    }

    /// The same where the first probe goes on from the last one of the call before, or the last one goes on.
    ///
    /// @return what was written; [RecordPlan#openFrom] says which rows were not
    RecordPlan write(Grouped grouped, SplitRule rule, Edges edges) throws IOException, InterruptedException {
        long start = clock.getAsLong();
        long before = run.writeNanos;
        var plan = RecordPlan.of(grouped, workload, rule, positions - (edges.partsBefore() > 0 ? 1 : 0), edges, stage);
        positions += plan.begun;
        splitProbes += plan.splitProbes;
        maxParts = Math.max(maxParts, plan.maxParts);
        var runs = new ArrayList<RecordPlan.Run>();
        var tails = new ArrayList<RecordPlan.Run>();
        for (var side : Side.values()) {
            file(side).probes += plan.begun(side);
            file(side).rows += plan.rows(side);
            share(plan, side, runs, tails);
        }
        encode(plan, runs);
        for (var tail : tails) {
            addToOpen(plan, tail);
        }
        run.encodeNanos += clock.getAsLong() - start - (run.writeNanos - before);
        return plan;
    }

    private void share(RecordPlan plan, Side side, List<RecordPlan.Run> runs, List<RecordPlan.Run> tails)
            throws IOException {
        int chunkRecords = workload.groupSize();
        var walk = plan.new Walk(side);
        long left = walk.left();
        int open = file(side).open.records();
        if (open > 0) {
            long head = Math.min(left, chunkRecords - open);
            while (head > 0) {
                var run = walk.next(head, 1);
                addToOpen(plan, run);
                head -= run.records();
                left -= run.records();
            }
            if (file(side).open.isFull()) {
                file(side).appendOpen();
            }
        }
        long whole = left - left % chunkRecords;
        while (whole > 0) {
            var run = walk.next(whole, chunkRecords);
            runs.add(run);
            whole -= run.records();
        }
        long tail = left % chunkRecords;
        while (tail > 0) {
            var run = walk.next(tail, 1);
            tails.add(run);
            tail -= run.records();
        }
    }

    private void addToOpen(RecordPlan plan, RecordPlan.Run run) {
        int[] ranks = plan.ranks(run.side());
        int index = run.index();
        int part = run.part();
        for (int i = 0; i < run.records(); i++) {
            stage.check();
            int rank = ranks[index];
            encoders[0].add(plan, rank, part, file(run.side()).open);
            part++;
            if (part == plan.parts(rank)) {
                part = 0;
                index++;
            }
        }
    }

    private void encode(RecordPlan plan, List<RecordPlan.Run> runs) throws IOException, InterruptedException {
        var inOrder = new InOrder(runs, (run, chunks) -> file(run.side()).append(chunks), stage, clock);
        long[] busy = new long[stage.workers()];
        stage.run(worker -> {
            var encoder = encoders[worker];
            for (int run = inOrder.claim(); run >= 0; run = inOrder.claim()) {
                long start = clock.getAsLong();
                var chunks = inOrder.chunks();
                encoder.encode(plan, runs.get(run), chunks);
                busy[worker] += clock.getAsLong() - start;
                inOrder.finish(run, chunks);
            }
        });
        long most = 0;
        for (long nanos : busy) {
            most = Math.max(most, nanos);
            busyNanos += nanos;
        }
        busiestNanos += most;
        // Appending keeps one of the workers from encoding.
        run.writeNanos += inOrder.appendNanos() / stage.workers();
    }

    /// Ends both files and gives them their names.
    OutputTotals finish() throws IOException {
        long start = clock.getAsLong();
        for (var file : files.values()) {
            file.finish();
        }
        for (var file : files.values()) {
            file.rename();
        }
        var sizes = new SizeCounts();
        long encodeNanos = 0;
        long compressNanos = 0;
        for (var encoder : encoders) {
            sizes.addAll(encoder.sizes);
            encodeNanos += encoder.encodeNanos;
            compressNanos += encoder.compressNanos;
        }
        var sides = new EnumMap<Side, OutputTotals.FileTotals>(Side.class);
        files.forEach((side, file) -> sides.put(
                side,
                new OutputTotals.FileTotals(
                        file.target(), file.written(), file.probes, file.rows, file.fingerprint())));
        double imbalance = busyNanos == 0 ? 1 : (double) busiestNanos * stage.workers() / busyNanos;
        run.writeNanos += clock.getAsLong() - start;
        return new OutputTotals(sides, splitProbes, maxParts, sizes, encodeNanos / 1e9, compressNanos / 1e9, imbalance);
    }

    @Override
    public void close() throws IOException {
        all().close();
    }

    private Closing all() {
        return Closing.all(encoders).and(files.values());
    }

    private OutputFile file(Side side) {
        return Objects.requireNonNull(files.get(side));
    }
}
