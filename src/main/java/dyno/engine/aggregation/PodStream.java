package dyno.engine.aggregation;

import dyno.engine.Cancellation;
import dyno.engine.parquet.ParquetInput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Leads the rows of pod files through threads, chunk by chunk, into groups of each thread.
///
/// Keeps the memory of chunks and readers from run to run. Used by one thread at a time.
final class PodStream {

    private final AggregationWorkload workload;
    private final Threads threads;
    private final Cancellation cancellation;
    private final ArrayDeque<PodChunk> freeChunks = new ArrayDeque<>();
    /// The last reader of each thread, for its memory.
    private final @Nullable PodReader[] finished;

    PodStream(AggregationWorkload workload, Threads threads, Cancellation cancellation) {
        this.workload = workload;
        this.threads = threads;
        this.cancellation = cancellation;
        this.finished = new @Nullable PodReader[threads.count()];
    }

    /// Gives the memory back that was kept for the next run.
    void release() {
        freeChunks.clear();
        Arrays.fill(finished, null);
    }

    /// A row group of a pod file.
    ///
    /// @param firstOrder order of its first chunk
    record RowGroup(ParquetInput input, int index, long firstOrder) {

        /// Those of all files.
        static List<RowGroup> of(List<ParquetInput> inputs, int chunkRows) {
            var rowGroups = new ArrayList<RowGroup>();
            long order = 0;
            for (var input : inputs) {
                for (var facts : input.rowGroups()) {
                    rowGroups.add(new RowGroup(input, facts.index(), order));
                    order += Math.ceilDiv(facts.rows(), (long) chunkRows);
                }
            }
            return rowGroups;
        }

        /// @param onDictionary told of the labels' dictionary
        PodReader reader(AggregationWorkload workload, PodNames names, Consumer<LabelTexts.Dictionary> onDictionary) {
            return new PodReader(input, index, PodReader.Columns.of(workload), names, onDictionary);
        }
    }

    /// What a run was.
    ///
    /// @param groups of each thread; of all, where chunks were added in order
    record Outcome(List<GroupTable> groups, long chunks, int maxChunksInFlight) {}

    Outcome run(Shared shared, List<Worker> workers, List<RowGroup> rowGroups, Lookups lookups)
            throws IOException, InterruptedException {
        int bound = workload.strategy() == Strategy.STREAMING ? 1 : workload.queueChunks();
        var next = new AtomicInteger();
        var first = workers.getFirst().groups;
        var inOrder = workload.sums() == Sums.DOUBLE ? new OrderedPartials(first) : null;
        boolean readsAllFirst = workload.prefetch() == Prefetch.ALL;
        // Where chunks are added in order, a thread that runs ahead leaves groups behind that wait for the others.
        IntPredicate mayOpen = inOrder == null || readsAllFirst
                ? opened -> true
                : opened ->
                        opened < ahead() || rowGroups.get(opened - ahead() + 1).firstOrder() <= inOrder.next();
        var queue = new ChunkQueue(bound, readsAllFirst, rowGroups.size(), freeChunks, mayOpen);
        var run = new Run(shared, lookups, rowGroups, next, queue, inOrder);
        threads.run(thread -> {
            try {
                new Loop(run, workers.get(thread), thread).go();
            } catch (Throwable e) {
                queue.fail();
                throw e;
            }
        });
        return new Outcome(
                inOrder != null
                        ? List.of(first)
                        : workers.stream().map(worker -> worker.groups).toList(),
                queue.chunks(),
                queue.maxInFlight());
    }

    /// Row groups from the first whose groups are not all added to the last that is open, at most.
    private int ahead() {
        return 2 * threads.count();
    }

    /// What the threads of a run share.
    ///
    /// @param next row group that nobody has opened
    private record Run(
            Shared shared,
            Lookups lookups,
            List<RowGroup> rowGroups,
            AtomicInteger next,
            ChunkQueue queue,
            @Nullable OrderedPartials inOrder) {}

    /// One thread's share of reading and aggregating.
    private final class Loop {

        private final Run run;
        private final Worker worker;
        private final int thread;
        private @Nullable PodReader reader;
        private long order;

        Loop(Run run, Worker worker, int thread) {
            this.run = run;
            this.worker = worker;
            this.thread = thread;
        }

        void go() throws IOException, InterruptedException {
            var queue = run.queue();
            var task = queue.next(false);
            while (task != ChunkQueue.Task.DONE && !threads.isStopping()) {
                cancellation.check();
                if (Thread.interrupted()) {
                    throw new InterruptedException("Interrupted between chunks");
                }
                switch (task) {
                    case OPEN -> read(open());
                    case READ_ON -> read(Objects.requireNonNull(reader));
                    case AGGREGATE -> aggregate();
                    case DONE -> throw new IllegalStateException("unreachable");
                }
                task = queue.next(reader != null);
            }
        }

        private PodReader open() {
            var rowGroup = run.rowGroups().get(run.next().getAndIncrement());
            var opened = rowGroup.reader(workload, run.shared().names(), this::resolve);
            var last = finished[thread];
            if (last != null) {
                // Where columns are not pruned, chunks hold the other columns' dictionaries.
                opened.takeArraysOf(last, resolvesAtOnce() && workload.columnPruning());
            }
            finished[thread] = opened;
            reader = opened;
            order = rowGroup.firstOrder();
            return opened;
        }

        private boolean resolvesAtOnce() {
            return workload.labelMode() == LabelMode.PER_DISTINCT;
        }

        private void resolve(LabelTexts.Dictionary dictionary) {
            if (resolvesAtOnce()) {
                worker.resolve(dictionary, thread, threads.count());
            }
        }

        private void read(PodReader from) throws IOException {
            long start = worker.stopwatch.now();
            long parsed = worker.stopwatch.nanos(Stopwatch.Part.PARSE_LABELS);
            var chunk = run.queue().empty();
            boolean isFilled = from.fill(chunk, workload.chunkRows());
            // Less what was spent on a new dictionary's texts.
            long parsing = worker.stopwatch.nanos(Stopwatch.Part.PARSE_LABELS) - parsed;
            worker.stopwatch.add(Stopwatch.Part.READ, start + parsing);
            if (isFilled) {
                chunk.order = order++;
                run.queue().read(chunk);
            } else {
                reader = null;
                run.queue().rowGroupEnds(chunk);
            }
        }

        private void aggregate() {
            var chunk = run.queue().take();
            if (chunk == null) {
                return;
            }
            long start = worker.stopwatch.now();
            worker.resolve(chunk, run.lookups());
            start = worker.stopwatch.add(Stopwatch.Part.PARSE_LABELS, start);
            var inOrder = run.inOrder();
            if (inOrder == null) {
                worker.aggregator().add(chunk);
            } else {
                var partial = new GroupTable(workload.sums());
                partial.begin(run.shared().names().resourceIds);
                worker.aggregator().turnTo(partial);
                worker.aggregator().add(chunk);
                inOrder.add(chunk.order, partial);
            }
            worker.stopwatch.add(Stopwatch.Part.AGGREGATE, start);
            run.queue().aggregated(chunk);
        }
    }
}
