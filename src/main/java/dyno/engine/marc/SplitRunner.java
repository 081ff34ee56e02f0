package dyno.engine.marc;

import dyno.engine.marc.CodecWorker.Stretch;
import dyno.engine.marc.MarcWorkload.Sink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// SPLIT_FILE: one file, cut at equal offsets and then smaller, each piece read on speculation from what looks
/// like a record's beginning by whoever is free. The calling thread is one of those that read.
///
/// A piece counts only if reading the one before it ends exactly where it began; otherwise it is read again
/// from there. Since what happens at an offset depends on the bytes alone, the result is that of reading in one
/// go, whatever the bytes are.
final class SplitRunner implements Runner {

    /// The fastest operation takes some ten microseconds for this much, ten times what handing it out takes.
    private static final long LEAST_PIECE_BYTES = 64 << 10;

    private final List<CodecWorker> codecWorkers;
    private final List<CodecWorker> counters;
    private final Workers workers;
    private final InputFile file;
    private final int segments;
    private final long leastPieceBytes;
    private final boolean onlyReads;

    /// @param counters for outputs that tell the index of a record: workers that count records, to find the
    ///                 first index of each piece beforehand; else empty
    SplitRunner(
            Supplier<CodecWorker> codecWorkers,
            List<CodecWorker> counters,
            Workers workers,
            InputFile file,
            MarcWorkload workload) {
        this.codecWorkers = new ArrayList<>();
        for (int i = 0; i < workers.threads(); i++) {
            this.codecWorkers.add(codecWorkers.get());
        }
        this.counters = counters;
        this.workers = workers;
        this.file = file;
        this.segments = workload.segments();
        // Pieces from or into files each open one, which costs more than waiting for the slowest.
        this.leastPieceBytes =
                file.bytes() == null || workload.sink() == Sink.FILE ? file.sizeBytes() + 1 : LEAST_PIECE_BYTES;
        this.onlyReads = Phases.onlyReads(workload.operation());
    }

    @Override
    public RunResult run(Outputs outputs, int keepErrors) throws IOException, InterruptedException {
        var run = new RunResult(keepErrors);
        try (var opened = file.open();
                var output = outputs.of(0)) {
            var pieces = Pieces.of(file.sizeBytes(), segments, workers.threads(), leastPieceBytes);
            if (!counters.isEmpty()) {
                // Counting is exact by the end, so that no piece of the second pass can be wrong.
                var counted = readAll(opened, counters, pieces, new DiscardedOutput(), 0);
                var exact = joined(opened, pieces, counted, counters.getFirst(), new DiscardedOutput(), run, 0);
                pieces = pieces.known(exact);
            }
            var parts = readAll(opened, codecWorkers, pieces, output, keepErrors);
            var joining = new Stopwatch();
            joined(opened, pieces, parts, codecWorkers.getFirst(), output, run, keepErrors);
            output.join(codecWorkers.getFirst().consumer(), parts);
            addUp(run, parts, output);
            run.joinNanos = joining.nanos();
        }
        return run;
    }

    private List<PartResult> readAll(
            InputFile.Opened opened, List<CodecWorker> readers, Pieces pieces, FileOutput output, int keep)
            throws IOException, InterruptedException {
        var results = new PartResult[pieces.count()];
        var next = new AtomicInteger();
        var tasks = new ArrayList<Callable<Integer>>();
        for (var reader : readers) {
            tasks.add(() -> {
                int count = 0;
                for (int i = next.getAndIncrement(); i < results.length; i = next.getAndIncrement()) {
                    results[i] = reader.part(opened, pieces.stretch(i, opened), output.part(i), keep);
                    count++;
                }
                return count;
            });
        }
        workers.runAllHere(tasks);
        return new ArrayList<>(List.of(results));
    }

    /// Checks that each piece began where the one before it ended, and reads those again that did not.
    ///
    /// @param parts results of the pieces; those of pieces read again are replaced
    /// @return the pieces as they truly are
    private List<Stretch> joined(
            InputFile.Opened opened,
            Pieces pieces,
            List<PartResult> parts,
            CodecWorker reader,
            FileOutput output,
            RunResult run,
            int keepErrors)
            throws IOException {
        var joined = new ArrayList<Stretch>();
        long position = 0;
        long index = 0;
        boolean isStopped = false;
        int redone = -1;
        for (int i = 0; i < pieces.count(); i++) {
            var stretch = pieces.stretch(i, opened);
            if (isStopped) {
                parts.set(i, nothing(stretch.from()));
                continue;
            }
            if (stretch.from() != position) {
                stretch = new Stretch(position, stretch.until(), stretch.firstIndex());
                parts.set(i, reader.part(opened, stretch, output.part(i), keepErrors));
                run.segmentsRedone += redone == pieces.segment(i) ? 0 : 1;
                redone = pieces.segment(i);
            }
            var part = parts.get(i);
            joined.add(new Stretch(stretch.from(), Math.max(stretch.from(), stretch.until()), index));
            position = part.end();
            index += part.totals().begun;
            isStopped = part.stop() != null;
        }
        return joined;
    }

    private void addUp(RunResult run, List<PartResult> parts, FileOutput output) {
        var whole = new Totals();
        for (var part : parts) {
            // Pieces that knew their first index told it in their errors already.
            long shift = counters.isEmpty() ? whole.begun : 0;
            run.log.append(part.log(), shift);
            if (run.stop == null && part.stop() != null) {
                run.stop = part.stop().shiftedBy(shift);
            }
            run.allocatedBytes += part.allocatedBytes();
            Phases.addBusy(run, part, onlyReads);
            whole.add(part.totals());
        }
        whole.outputBytes = output.bytes();
        run.totals.add(whole);
        run.files.add(whole);
        run.writeNanos = output.writeNanos();
    }

    private static PartResult nothing(long end) {
        return new PartResult(new Totals(), new ErrorLog(0), end, null, 0, 0);
    }

    @Override
    public int workers() {
        return workers.threads();
    }

    @Override
    public void close() {
        workers.close();
    }
}
