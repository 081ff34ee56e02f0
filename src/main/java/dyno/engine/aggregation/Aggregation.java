package dyno.engine.aggregation;

import dyno.engine.Cancellation;
import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.parquet.ParquetInput;
import java.io.IOException;
import java.time.LocalDate;
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
/// Keeps its threads and the memory of texts, groups, chunks and rows from run to run. Used by one thread at a time.
final class Aggregation implements AutoCloseable {

    private final AggregationWorkload workload;
    private final InputTables tables;
    private final Cancellation cancellation;
    private final long textCacheBytes;
    private final Threads threads;
    private final PodStream stream;
    private final List<@Nullable GroupTable> kept = new ArrayList<>();
    private final List<MergeMemory> mergeMemory = new ArrayList<>();
    private final Stopwatch serial = new Stopwatch(dyno.engine.kernel.NanoTime.system());
    private final Stopwatch busy = new Stopwatch(dyno.engine.kernel.NanoTime.system());
    private @Nullable Shared shared;
    private @Nullable Tally tally;

    private record SmallRowGroup(Table table, ParquetInput input, int index) {}

    Aggregation(AggregationWorkload workload, InputTables tables, Cancellation cancellation, long textCacheBytes) {
        this.workload = workload;
        this.tables = tables;
        this.cancellation = cancellation;
        this.textCacheBytes = textCacheBytes;
        this.threads =
                new Threads(workload.strategy() == Strategy.STREAMING_PARALLEL ? workload.workers() : 1, "aggregation");
        this.stream = new PodStream(workload, threads, cancellation);
        for (int i = 0; i < threads.count(); i++) {
            kept.add(null);
            mergeMemory.add(new MergeMemory(workload.sums()));
        }
    }

    /// Aggregates the input once. The result is of use until the next run begins, which uses its memory.
    ///
    /// @throws EngineException where the input is damaged, or no row is within the period
    Result run() throws IOException, InterruptedException {
        var shared = begin();
        var workers = new ArrayList<Worker>();
        for (int i = 0; i < threads.count(); i++) {
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

    private Shared begin() {
        var known = shared;
        if (known == null) {
            known = Shared.of(workload, textCacheBytes);
            shared = known;
        } else {
            known.clear();
        }
        return known;
    }

    Tally tally() {
        return java.util.Objects.requireNonNull(tally);
    }

    /// Seconds of a part over all runs since [#reset]: what threads did beside each other divided by their number.
    double seconds(Stopwatch.Part part) {
        return (serial.nanos(part) + (double) busy.nanos(part) / threads.count()) / 1e9;
    }

    void reset() {
        serial.reset();
        busy.reset();
    }

    /// Gives the memory back that runs have kept, but for what the last result needs; none follows.
    void release() {
        shared = null;
        kept.clear();
        mergeMemory.clear();
        stream.release();
    }

    @Override
    public void close() {
        threads.close();
    }

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
        threads.run(worker -> {
            int index = next.getAndIncrement();
            while (index < rowGroups.size() && !threads.isStopping()) {
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
        var rowGroups = PodStream.RowGroup.of(inputs, workload.chunkRows());
        boolean labelsAreMerged =
                workload.strategy() == Strategy.IN_MEMORY || workload.labelMode() == LabelMode.PER_ROW;
        List<GroupTable> groups;
        if (workload.strategy() == Strategy.IN_MEMORY) {
            groups = List.of(new Frame(workload, workers.getFirst(), lookups, cancellation)
                    .aggregate(rowGroups.stream()
                            .map(rowGroup -> rowGroup.reader(workload, shared.names(), dictionary -> {}))
                            .iterator()));
            tally = new Tally(rowGroups.size(), rowGroups.size(), null, 0);
        } else {
            var outcome = stream.run(shared, workers, rowGroups, lookups);
            long parses = workers.stream().mapToLong(w -> w.resolver.parses()).sum();
            tally = new Tally(outcome.chunks(), outcome.maxChunksInFlight(), distinct(shared), parses);
            groups = outcome.groups();
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

    private @Nullable Long distinct(Shared shared) {
        return workload.labelMode() == LabelMode.PER_ROW ? null : shared.cache().additions();
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
        threads.run(index -> {
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
}
