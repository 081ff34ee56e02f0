package dyno.engine.aggregation;

import dyno.engine.Cancellation;
import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.kernel.WorkerFailureException;
import dyno.engine.kernel.WorkerPool;
import dyno.engine.parquet.ParquetInput;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The strategies that are ours: read → chunk → partial → merge → finish.
///
/// ```text
///  label, storage, node files ──► SmallTables of each thread ──► Lookups
///  pod files ──► row groups ──► chunks ──► groups of each thread ──► parts by day and node ──► result rows
/// ```
///
/// Keeps its threads and the memory of groups and chunks from run to run. Used by one thread at a time.
final class Aggregation implements AutoCloseable {

    private final AggregationWorkload workload;
    private final InputTables tables;
    private final Cancellation cancellation;
    private final long textCacheBytes;
    private final int threads;
    private final WorkerPool pool;
    private final List<@Nullable GroupTable> kept = new ArrayList<>();
    /// The last reader of each thread, for its memory.
    private final List<@Nullable PodReader> finishedReaders = new ArrayList<>();

    private final List<MergeMemory> mergeMemory = new ArrayList<>();
    private final ArrayDeque<PodChunk> freeChunks = new ArrayDeque<>();
    private final Stopwatch serial = new Stopwatch(dyno.engine.kernel.NanoTime.system());
    private final Stopwatch busy = new Stopwatch(dyno.engine.kernel.NanoTime.system());
    private @Nullable Tally tally;

    /// A row group of a pod file.
    ///
    /// @param firstOrder order of its first chunk
    private record PodRowGroup(ParquetInput input, int index, long firstOrder) {}

    private record SmallRowGroup(Table table, ParquetInput input, int index) {}

    Aggregation(AggregationWorkload workload, InputTables tables, Cancellation cancellation, long textCacheBytes) {
        this.workload = workload;
        this.tables = tables;
        this.cancellation = cancellation;
        this.textCacheBytes = textCacheBytes;
        this.threads = workload.strategy() == Strategy.STREAMING_PARALLEL ? workload.workers() : 1;
        this.pool = new WorkerPool(threads, "aggregation", WorkerPool.Waiting.PARK);
        for (int i = 0; i < threads; i++) {
            kept.add(null);
            finishedReaders.add(null);
            mergeMemory.add(new MergeMemory(workload.sums()));
        }
    }

    /// Aggregates the input once.
    ///
    /// @throws EngineException where the input is damaged, or no row is within the period
    Result run() throws IOException, InterruptedException {
        var shared = Shared.of(workload, textCacheBytes);
        var workers = new ArrayList<Worker>();
        for (int i = 0; i < threads; i++) {
            workers.add(new Worker(shared, groups(i, shared)));
        }
        var open = new EnumMap<Table, List<ParquetInput>>(Table.class);
        try {
            long start = serial.now();
            openAll(open);
            serial.add(Stopwatch.Part.READ, start);
            var lookups = smallTables(workers, open);
            var partials = pods(shared, workers, open.getOrDefault(Table.POD_USAGE, List.of()), lookups);
            return finish(shared, workers, partials);
        } finally {
            for (var list : open.values()) {
                for (var input : list) {
                    input.close();
                }
            }
            workers.forEach(worker -> addBusy(worker.stopwatch));
        }
    }

    Tally tally() {
        return java.util.Objects.requireNonNull(tally);
    }

    /// Seconds of a part over all runs since [#reset]: what threads did beside each other divided by their number.
    double seconds(Stopwatch.Part part) {
        return (serial.nanos(part) + (double) busy.nanos(part) / threads) / 1e9;
    }

    void reset() {
        serial.reset();
        busy.reset();
    }

    @Override
    public void close() {
        pool.close();
    }

    /// Each run has names of its own, so that only memory is kept.
    private GroupTable groups(int index, Shared shared) {
        var table = kept.get(index);
        if (table == null) {
            table = new GroupTable(workload.sums());
            kept.set(index, table);
        }
        table.begin(shared.names().resourceIds);
        return table;
    }

    private void openAll(Map<Table, List<ParquetInput>> open) throws IOException {
        for (var table : wanted(workload)) {
            var inputs = new ArrayList<ParquetInput>();
            open.put(table, inputs);
            for (var file : tables.of(table)) {
                cancellation.check();
                inputs.add(file.open());
            }
        }
    }

    /// The tables that the outputs need.
    static List<Table> wanted(AggregationWorkload workload) {
        var wanted = new ArrayList<>(List.of(Table.NODE_LABELS, Table.NAMESPACE_LABELS));
        if (workload.makes(Output.STORAGE)) {
            wanted.add(Table.STORAGE);
        }
        if (workload.makes(Output.UNALLOCATED)) {
            wanted.add(Table.NODES);
        }
        wanted.add(Table.POD_USAGE);
        return wanted;
    }

    private Lookups smallTables(List<Worker> workers, Map<Table, List<ParquetInput>> open)
            throws IOException, InterruptedException {
        var rowGroups = new ArrayList<SmallRowGroup>();
        open.forEach((table, inputs) -> {
            if (table != Table.POD_USAGE) {
                for (var input : inputs) {
                    for (int i = 0; i < input.rowGroups().size(); i++) {
                        rowGroups.add(new SmallRowGroup(table, input, i));
                    }
                }
            }
        });
        var next = new AtomicInteger();
        onAll(worker -> {
            int index = next.getAndIncrement();
            while (index < rowGroups.size() && !pool.isStopping()) {
                cancellation.check();
                var rowGroup = rowGroups.get(index);
                workers.get(worker).smallTables.read(rowGroup.table(), rowGroup.input(), rowGroup.index());
                index = next.getAndIncrement();
            }
        });
        long start = serial.now();
        var all = workers.getFirst().smallTables;
        workers.stream().skip(1).forEach(worker -> all.merge(worker.smallTables));
        var lookups = all.lookups();
        serial.add(Stopwatch.Part.PARSE_LABELS, start);
        return lookups;
    }

    private Partials pods(Shared shared, List<Worker> workers, List<ParquetInput> inputs, Lookups lookups)
            throws IOException, InterruptedException {
        var storage = workers.getFirst().smallTables;
        var watched = workload.makes(Output.STORAGE) ? storage.podsOfClaims() : java.util.Set.<Integer>of();
        workers.forEach(worker -> worker.beginPods(new PodPlaces(watched)));
        var rowGroups = rowGroups(inputs);
        boolean labelsAreMerged =
                workload.strategy() == Strategy.IN_MEMORY || workload.labelMode() == LabelMode.PER_ROW;
        List<GroupTable> groups;
        if (workload.strategy() == Strategy.IN_MEMORY) {
            groups = List.of(new Frame(workload, workers.getFirst(), lookups, cancellation)
                    .aggregate(rowGroups.stream()
                            .map(rowGroup -> reader(shared, rowGroup))
                            .iterator()));
            tally = new Tally(rowGroups.size(), rowGroups.size(), null, 0);
        } else {
            groups = stream(shared, workers, rowGroups, lookups);
        }
        long start = serial.now();
        var first = workers.getFirst();
        for (var worker : workers.subList(1, workers.size())) {
            first.capacities.merge(worker.capacities);
            first.places().merge(worker.places());
            first.counts.add(worker.counts);
        }
        serial.add(Stopwatch.Part.MERGE, start);
        return new Partials(groups, labelsAreMerged, first.capacities, first.places(), storage.storage(), lookups);
    }

    private List<PodRowGroup> rowGroups(List<ParquetInput> inputs) {
        var rowGroups = new ArrayList<PodRowGroup>();
        long order = 0;
        for (var input : inputs) {
            for (var facts : input.rowGroups()) {
                rowGroups.add(new PodRowGroup(input, facts.index(), order));
                order += Math.ceilDiv(facts.rows(), (long) workload.chunkRows());
            }
        }
        return rowGroups;
    }

    private PodReader reader(Shared shared, PodRowGroup rowGroup) {
        return new PodReader(
                rowGroup.input(),
                rowGroup.index(),
                shared.names(),
                workload.makes(Output.STORAGE),
                workload.columnPruning());
    }

    private List<GroupTable> stream(Shared shared, List<Worker> workers, List<PodRowGroup> rowGroups, Lookups lookups)
            throws IOException, InterruptedException {
        var queue = new ChunkQueue(
                workload.strategy() == Strategy.STREAMING ? 1 : workload.queueChunks(),
                workload.prefetch() == Prefetch.ALL,
                rowGroups.size(),
                freeChunks);
        var next = new AtomicInteger();
        var inOrder = workload.sums() == Sums.DOUBLE ? new OrderedPartials(workers.getFirst().groups) : null;
        onAll(worker -> {
            try {
                new ChunkLoop(shared, workers.get(worker), rowGroups, next, queue, lookups, inOrder).run(worker);
            } catch (Throwable e) {
                queue.fail();
                throw e;
            }
        });
        long parses = workers.stream().mapToLong(w -> w.resolver.parses()).sum();
        tally = new Tally(queue.chunks(), queue.maxInFlight(), distinct(shared), parses);
        return inOrder != null
                ? List.of(workers.getFirst().groups)
                : workers.stream().map(worker -> worker.groups).toList();
    }

    private @Nullable Long distinct(Shared shared) {
        return workload.labelMode() == LabelMode.PER_ROW ? null : shared.cache().additions();
    }

    /// One thread's share of reading and aggregating.
    private final class ChunkLoop {

        private final Shared shared;
        private final Worker worker;
        private final List<PodRowGroup> rowGroups;
        private final AtomicInteger next;
        private final ChunkQueue queue;
        private final Lookups lookups;
        private final @Nullable OrderedPartials inOrder;
        private @Nullable PodReader reader;
        private long order;

        ChunkLoop(
                Shared shared,
                Worker worker,
                List<PodRowGroup> rowGroups,
                AtomicInteger next,
                ChunkQueue queue,
                Lookups lookups,
                @Nullable OrderedPartials inOrder) {
            this.shared = shared;
            this.worker = worker;
            this.rowGroups = rowGroups;
            this.next = next;
            this.queue = queue;
            this.lookups = lookups;
            this.inOrder = inOrder;
        }

        void run(int index) throws IOException, InterruptedException {
            var task = queue.next(false);
            while (task != ChunkQueue.Task.DONE && !pool.isStopping()) {
                cancellation.check();
                if (Thread.interrupted()) {
                    throw new InterruptedException("Interrupted between chunks");
                }
                switch (task) {
                    case OPEN -> {
                        var rowGroup = rowGroups.get(next.getAndIncrement());
                        reader = reader(shared, rowGroup);
                        var finished = finishedReaders.get(index);
                        if (finished != null) {
                            reader.takeArraysOf(finished);
                        }
                        finishedReaders.set(index, reader);
                        order = rowGroup.firstOrder();
                        read(reader);
                    }
                    case READ_ON -> read(java.util.Objects.requireNonNull(reader));
                    case AGGREGATE -> aggregate();
                    case DONE -> throw new IllegalStateException("unreachable");
                }
                task = queue.next(reader != null);
            }
        }

        private void read(PodReader from) throws IOException {
            long start = worker.stopwatch.now();
            var chunk = queue.empty();
            if (from.fill(chunk, workload.chunkRows())) {
                chunk.order = order++;
                worker.stopwatch.add(Stopwatch.Part.READ, start);
                queue.read(chunk);
            } else {
                reader = null;
                worker.stopwatch.add(Stopwatch.Part.READ, start);
                queue.rowGroupEnds(chunk);
            }
        }

        private void aggregate() {
            var chunk = queue.take();
            if (chunk == null) {
                return;
            }
            long start = worker.stopwatch.now();
            worker.resolve(chunk, lookups);
            start = worker.stopwatch.add(Stopwatch.Part.PARSE_LABELS, start);
            if (inOrder == null) {
                worker.aggregator().add(chunk);
            } else {
                var partial = new GroupTable(workload.sums());
                partial.begin(shared.names().resourceIds);
                worker.aggregator().turnTo(partial);
                worker.aggregator().add(chunk);
                inOrder.add(chunk.order, partial);
            }
            worker.stopwatch.add(Stopwatch.Part.AGGREGATE, start);
            queue.aggregated(chunk);
        }
    }

    private Result finish(Shared shared, List<Worker> workers, Partials partials)
            throws IOException, InterruptedException {
        var counts = workers.getFirst().counts;
        if (counts.inPeriod == 0) {
            throw noRows(shared.days());
        }
        long start = serial.now();
        var finisher = new Finisher(shared, partials, mergeMemory);
        serial.add(Stopwatch.Part.MERGE, start);
        onAll(index -> {
            var worker = workers.get(index);
            long begin = worker.stopwatch.now();
            finisher.make(index, worker.resolver.merger());
            worker.stopwatch.add(Stopwatch.Part.MERGE, begin);
        });
        start = serial.now();
        var result = finisher.result(counts);
        if (workload.strategy() == Strategy.IN_MEMORY) {
            long rowGroups = tally().chunks();
            tally = new Tally(
                    rowGroups,
                    rowGroups,
                    distinct(shared),
                    workers.getFirst().resolver.parses());
        }
        serial.add(Stopwatch.Part.MERGE, start);
        return result;
    }

    static EngineException noRows(DayRange days) {
        return new EngineException(
                FailureCode.INVALID_INPUT,
                days.equals(DayRange.ALL)
                        ? "The input has no pod rows between its first and last date: it is empty"
                        : "The input has no pod rows between %s and %s"
                                .formatted(LocalDate.ofEpochDay(days.first()), LocalDate.ofEpochDay(days.last())));
    }

    private void addBusy(Stopwatch stopwatch) {
        for (var part : Stopwatch.Part.values()) {
            busy.addNanos(part, stopwatch.nanos(part));
        }
    }

    private void onAll(WorkerPool.Task task) throws IOException, InterruptedException {
        try {
            pool.run(task);
        } catch (WorkerFailureException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case IOException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }
}
