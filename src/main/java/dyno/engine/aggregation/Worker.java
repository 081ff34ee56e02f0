package dyno.engine.aggregation;

import dyno.engine.kernel.NanoTime;
import org.jspecify.annotations.Nullable;

/// What one thread of an invocation has for itself. Used by one thread at a time.
final class Worker {

    final Stopwatch stopwatch = new Stopwatch(NanoTime.system());
    /// Kept from invocation to invocation, so that its memory is.
    final GroupTable groups;

    final RowCounts counts = new RowCounts();
    final Capacities capacities = new Capacities();
    final LabelResolver resolver;
    final SmallTables smallTables;
    private final Shared shared;
    private @Nullable ChunkAggregator aggregator;
    private @Nullable PodPlaces places;
    private final int[] sets = new int[3];

    /// @param groups used again
    Worker(Shared shared, GroupTable groups) {
        this.shared = shared;
        this.groups = groups;
        this.resolver = new LabelResolver(shared.sets(), shared.cache());
        this.smallTables = new SmallTables(shared, resolver, counts, stopwatch);
    }

    /// @param watched where pods of claims are
    void beginPods(PodPlaces watched) {
        places = watched;
        aggregator = new ChunkAggregator(shared.days(), shared.workload().sums(), groups, capacities, watched, counts);
    }

    PodPlaces places() {
        return java.util.Objects.requireNonNull(places);
    }

    ChunkAggregator aggregator() {
        return java.util.Objects.requireNonNull(aggregator);
    }

    /// Finds what all texts of a row group's dictionary mean. The time counts as parsing, wherever it
    /// is spent.
    void resolve(LabelTexts.Dictionary dictionary, int index, int threads) {
        long start = stopwatch.now();
        dictionary.resolveAll(resolver, index, threads);
        stopwatch.add(Stopwatch.Part.PARSE_LABELS, start);
    }

    /// Finds what the chunk's label texts mean; where rows go one by one, merges them too.
    void resolve(PodChunk chunk, Lookups lookups) {
        var mode = shared.workload().labelMode();
        chunk.resolveLabels(resolver, mode);
        if (mode == LabelMode.PER_ROW) {
            mergeRows(chunk, lookups);
        }
    }

    /// Replaces the set of every row that will count by that of its merged labels.
    void mergeRows(PodChunk chunk, Lookups lookups) {
        var merger = resolver.merger();
        for (int row = 0; row < chunk.rows; row++) {
            int day = DayRange.day(chunk.starts[row]);
            int node = chunk.nodes[row];
            if (node >= 0 && shared.days().contains(day)) {
                sets[0] = lookups.nodeSet(day, node);
                sets[1] = lookups.namespaceSet(day, chunk.namespaces[row]);
                sets[2] = chunk.parsed[row] >> 1;
                chunk.parsed[row] = merger.merge(sets, 3) << 1 | (chunk.parsed[row] & LabelParser.MALFORMED);
            }
        }
    }
}
