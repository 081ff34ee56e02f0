package dyno.engine.grouping;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Strategy STREAMING: rows are spilled to buckets of neighbouring addresses, then one bucket after the other is
/// grouped in memory and written. Memory is bounded whatever the input.
///
/// Buckets are ranges, parted by a sample of the addresses, so that their records come in the order of the files and
/// nothing has to be merged.
final class StreamingGrouping implements Grouping {

    private final Path scratch;
    private final Path cache;

    StreamingGrouping(Path scratch, Path cache) {
        this.scratch = scratch;
        this.cache = cache;
    }

    @Override
    public OutputTotals group(Invocation run) throws IOException, InterruptedException {
        long start = run.clock.getAsLong();
        try (var files = InputFiles.open(run.input.paths())) {
            run.inputRows = files.rows();
            var plan = SpillPlan.of(run.workload, files.rows());
            var splitters = Splitters.sample(files, plan.buckets(), run.stage);
            run.buckets = splitters.buckets();
            try (var spill = run.workload.resume()
                    ? SpillFolder.resumable(cache, identity(run, plan))
                    : SpillFolder.temporary(scratch)) {
                var blocks = spill(run, files, plan, splitters, spill);
                run.addRead(run.clock.getAsLong() - start);
                var totals = write(run, plan, splitters.buckets(), blocks, spill);
                long deleting = run.clock.getAsLong();
                spill.delete();
                run.writeNanos += run.clock.getAsLong() - deleting;
                return totals;
            }
        }
    }

    /// What a spill depends on.
    private static String identity(Invocation run, SpillPlan plan) {
        return String.format(
                Locale.ROOT,
                "spill 1%ninput %s%nbuckets %d%nsplit %s%ntrainRatio %s%nmaxRowBytes %d%ngroupSize %d%n",
                run.input.digest(),
                plan.buckets(),
                run.workload.split(),
                run.workload.trainRatio(),
                run.workload.maxRowBytes(),
                run.workload.groupSize());
    }

    private static SpillBlocks[] spill(
            Invocation run, InputFiles files, SpillPlan plan, Splitters splitters, SpillFolder spill)
            throws IOException, InterruptedException {
        var parts = files.parts();
        var blocks = new SpillBlocks[parts.size()];
        var writers = new SpillWriter[run.stage.workers()];
        var busy = new AtomicLong();
        var resumed = new AtomicInteger();
        run.stage.deal(parts.size(), (piece, worker) -> {
            long start = run.clock.getAsLong();
            var earlier = spill.find(piece);
            if (earlier != null) {
                resumed.incrementAndGet();
                blocks[piece] = earlier;
            } else {
                if (writers[worker] == null) {
                    writers[worker] = new SpillWriter(run, files, splitters, plan.blockBytes());
                }
                blocks[piece] = writers[worker].spill(parts.get(piece), spill.data(piece));
                spill.finish(piece, blocks[piece]);
            }
            busy.addAndGet(run.clock.getAsLong() - start);
        });
        for (var one : blocks) {
            run.dropped = run.dropped.plus(one.dropped);
            run.spillBytes += one.bytes();
        }
        // A bucket holds rows of every row group: it is resumed where all of them are.
        run.resumedBuckets = !parts.isEmpty() && resumed.get() == parts.size() ? splitters.buckets() : 0;
        run.readThreadNanos = busy.get();
        return blocks;
    }

    private static OutputTotals write(
            Invocation run, SpillPlan plan, int buckets, SpillBlocks[] blocks, SpillFolder spill)
            throws IOException, InterruptedException {
        try (var output = new RecordOutput(run)) {
            var loads = new SpillLoad[run.stage.workers()];
            var rule = SplitRule.of(run.workload, probes(run, plan, buckets, blocks, spill, loads));
            for (int bucket = 0; bucket < buckets; bucket++) {
                if (rows(blocks, bucket) > plan.bucketRows()) {
                    writeLarge(run, plan, bucket, blocks, spill, output, rule);
                    continue;
                }
                long start = run.clock.getAsLong();
                var columns = load(run, bucket, blocks, spill, loads);
                long loaded = run.clock.getAsLong();
                run.addRead(loaded - start);
                if (columns.rows > 0) {
                    var grouped = ColumnarGrouping.sorted(columns, run.stage);
                    run.groupNanos += run.clock.getAsLong() - loaded;
                    output.write(grouped, rule);
                }
            }
            return output.finish();
        }
    }

    private static void writeLarge(
            Invocation run,
            SpillPlan plan,
            int bucket,
            SpillBlocks[] blocks,
            SpillFolder spill,
            RecordOutput output,
            SplitRule rule)
            throws IOException, InterruptedException {
        long start = run.clock.getAsLong();
        long before = run.encodeNanos + run.writeNanos;
        var large = new LargeBucket(run, spill.folder(), plan.bucketRows() / 2);
        inPortions(run, plan, bucket, blocks, spill, large::add);
        large.write(output, rule);
        long written = run.encodeNanos + run.writeNanos - before;
        run.groupNanos += run.clock.getAsLong() - start - written;
    }

    /// Takes a portion of a bucket's rows.
    @FunctionalInterface
    private interface Portion {
        void take(InputColumns columns) throws IOException, InterruptedException;
    }

    /// Blocks of a row group, `end` not among them.
    private record Slice(int part, int from, int end) {}

    /// Loads a bucket in input order, as many of its blocks at a time as may be in memory, of however many row groups.
    private static void inPortions(
            Invocation run, SpillPlan plan, int bucket, SpillBlocks[] blocks, SpillFolder spill, Portion portion)
            throws IOException, InterruptedException {
        long most = plan.bucketRows() / 2;
        var load = new SpillLoad();
        var slices = new ArrayList<Slice>();
        long rows = 0;
        for (int part = 0; part < blocks.length; part++) {
            var all = blocks[part];
            int from = 0;
            for (int block = 0; block < all.count(); block++) {
                int more = rows(all, block, bucket);
                if (rows > 0 && rows + more > most) {
                    slices.add(new Slice(part, from, block));
                    portion.take(load(run, bucket, blocks, spill, load, slices, rows));
                    slices.clear();
                    rows = 0;
                    from = block;
                }
                rows += more;
            }
            slices.add(new Slice(part, from, all.count()));
        }
        if (rows > 0) {
            portion.take(load(run, bucket, blocks, spill, load, slices, rows));
        }
    }

    /// @param rows of the bucket in the slices
    private static InputColumns load(
            Invocation run,
            int bucket,
            SpillBlocks[] blocks,
            SpillFolder spill,
            SpillLoad load,
            List<Slice> slices,
            long rows)
            throws IOException {
        var columns = new InputColumns(rows);
        int row = 0;
        for (var slice : slices) {
            run.stage.check();
            var part = blocks[slice.part()];
            int more = 0;
            for (int block = slice.from(); block < slice.end(); block++) {
                more += rows(part, block, bucket);
            }
            if (more > 0) {
                load.load(spill.data(slice.part()), part, slice.from(), slice.end(), bucket, columns, row);
            }
            row += more;
        }
        return columns;
    }

    private static int rows(SpillBlocks blocks, int block, int bucket) {
        return blocks.bucket(block) == bucket ? blocks.rows(block) : 0;
    }

    private static long rows(SpillBlocks[] blocks, int bucket) {
        long rows = 0;
        for (var part : blocks) {
            rows += part.rowsOf(bucket);
        }
        return rows;
    }

    /// How many probes there are, where the split asks.
    private static long probes(
            Invocation run, SpillPlan plan, int buckets, SpillBlocks[] blocks, SpillFolder spill, SpillLoad[] loads)
            throws IOException, InterruptedException {
        if (run.workload.split() == GroupingWorkload.Split.HASH) {
            return 0;
        }
        long start = run.clock.getAsLong();
        long probes = 0;
        for (int bucket = 0; bucket < buckets; bucket++) {
            if (rows(blocks, bucket) <= plan.bucketRows()) {
                probes += load(run, bucket, blocks, spill, loads).sourceTable.size();
                continue;
            }
            var distinct = new AddressTable();
            inPortions(run, plan, bucket, blocks, spill, columns -> {
                var texts = columns.sourceTable.addresses();
                for (int code = 0; code < columns.sourceTable.size(); code++) {
                    distinct.intern(texts.bytes(), texts.offsets()[code], texts.length(code));
                }
            });
            probes += distinct.size();
        }
        run.addRead(run.clock.getAsLong() - start);
        return probes;
    }

    private static InputColumns load(
            Invocation run, int bucket, SpillBlocks[] blocks, SpillFolder spill, SpillLoad[] loads)
            throws IOException, InterruptedException {
        int[] firstRows = new int[blocks.length];
        long rows = 0;
        for (int part = 0; part < blocks.length; part++) {
            firstRows[part] = Math.toIntExact(rows);
            rows += blocks[part].rowsOf(bucket);
        }
        var columns = new InputColumns(rows);
        run.stage.deal(blocks.length, (part, worker) -> {
            if (loads[worker] == null) {
                loads[worker] = new SpillLoad();
            }
            loads[worker].load(
                    spill.data(part), blocks[part], 0, blocks[part].count(), bucket, columns, firstRows[part]);
        });
        return columns;
    }
}
