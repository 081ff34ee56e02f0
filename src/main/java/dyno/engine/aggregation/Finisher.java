package dyno.engine.aggregation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Merges partial groups by key and makes the result's rows: each part by itself, so that threads share nothing but
/// what they read.
///
/// A part holds some days of some nodes, whole; storage rows are all in part 0.
final class Finisher {

    private static final Metric[] METRICS = Metric.values();

    private final Shared shared;
    private final Partials partials;
    private final NodeDays nodeDays;
    private final long[] categories;
    private final List<MergeMemory> memory;
    private final int parts;
    private final @Nullable Part[] done;

    /// @param memory of each part
    Finisher(Shared shared, Partials partials, List<MergeMemory> memory) {
        this.shared = shared;
        this.partials = partials;
        this.memory = memory;
        this.parts = memory.size();
        this.nodeDays = new NodeDays(partials.capacities());
        var namespaces = shared.names().namespaces;
        this.categories = IntStream.range(0, namespaces.size())
                .mapToLong(number -> shared.categories().of(namespaces.string(number)))
                .toArray();
        this.done = new @Nullable Part[parts];
    }

    /// Makes one part. Different parts may be made by different threads.
    void make(int index, LabelSets.Merger merger) {
        var part = new Part(index, merger);
        part.merge();
        part.podRows();
        if (shared.workload().makes(Output.UNALLOCATED)) {
            new UnallocatedRows(shared, partials.lookups(), nodeDays, part.groups, part.rows, part.nodesWithoutRole)
                    .add();
        }
        if (index == 0 && shared.workload().makes(Output.STORAGE)) {
            new StorageRows(shared, partials, merger, part.rows, this::category).add();
        }
        done[index] = part;
    }

    /// The result, once all parts were made.
    Result result(RowCounts counts) {
        var rows = new ArrayList<ResultRows>();
        var totals = new BigInteger[Metric.COUNT];
        Arrays.fill(totals, BigInteger.ZERO);
        Set<Integer> withoutRole = new TreeSet<>();
        for (var part : done) {
            if (part == null) {
                throw new IllegalStateException("A part of the result was not made");
            }
            rows.add(part.rows);
            withoutRole.addAll(part.nodesWithoutRole);
            for (int m = 0; m < Metric.COUNT; m++) {
                totals[m] = totals[m].add(part.total(m));
            }
        }
        return new Result(
                shared,
                List.copyOf(rows),
                counts,
                new Result.Facts(partials.lookups().labelConflicts(), nodeDays.missingHours(), withoutRole.size()),
                shared.workload().sums() == Sums.EXACT ? List.of(totals) : List.of());
    }

    private long category(int namespace) {
        return namespace == Names.NULL ? Micros.NULL : categories[namespace];
    }

    private final class Part {

        private final int index;
        private final LabelSets.Merger merger;
        private final MergeMemory own;
        private final GroupTable groups;
        private final GroupValues values;
        private final Set<Integer> nodesWithoutRole = new TreeSet<>();
        private final long[] totals = new long[GroupTable.EXACT_LONGS];
        private final BigInteger[] wideTotals = new BigInteger[Metric.COUNT];
        private final ResultRows rows;

        Part(int index, LabelSets.Merger merger) {
            this.index = index;
            this.merger = merger;
            this.own = memory.get(index);
            own.begin(shared);
            this.groups = own.groups;
            this.rows = own.rows;
            this.values = new GroupValues(shared, groups, nodeDays);
            Arrays.fill(wideTotals, BigInteger.ZERO);
        }

        BigInteger total(int metric) {
            return BigInteger.valueOf(totals[2 * metric])
                    .shiftLeft(32)
                    .add(BigInteger.valueOf(totals[2 * metric + 1]))
                    .add(wideTotals[metric]);
        }

        /// Groups of all tables whose day and node belong to this part, by merged labels.
        void merge() {
            var raw = own.raw;
            int[] sets = new int[3];
            int known = 0;
            int entry = 0;
            for (var table : partials.tables()) {
                var keys = table.keys;
                for (int i = 0; i < table.size(); i++) {
                    int day = keys.day(i);
                    int node = keys.node(i);
                    if (parts > 1 && KeyTable.part(day, node, parts) != index) {
                        continue;
                    }
                    int namespace = keys.namespace(i);
                    int labels = keys.labels(i);
                    int to;
                    if (partials.labelsAreMerged()) {
                        to = groups.locate(day, node, namespace, labels);
                    } else {
                        entry = raw.locateAfter(entry, day, node, namespace, labels);
                        if (entry == known) {
                            if (entry == own.merged.length) {
                                own.merged = Arrays.copyOf(own.merged, raw.capacity());
                            }
                            sets[0] = partials.lookups().nodeSet(day, node);
                            sets[1] = partials.lookups().namespaceSet(day, namespace);
                            sets[2] = labels;
                            own.merged[entry] = groups.locate(day, node, namespace, merger.merge(sets, 3));
                            known++;
                        }
                        to = own.merged[entry];
                    }
                    groups.addGroup(to, table, i);
                }
            }
        }

        void podRows() {
            rows.reserve(groups.size());
            for (int group = 0; group < groups.size(); group++) {
                podRow(group);
            }
        }

        private void podRow(int group) {
            var keys = groups.keys;
            int day = keys.day(group);
            int node = keys.node(group);
            int namespace = keys.namespace(group);
            int row = rows.begin(Output.POD, day, namespace, keys.labels(group), category(namespace));
            rows.text(row, ResultRows.NODE, node);
            rows.text(row, ResultRows.RESOURCE, groups.resources[group]);
            values.write(group, day, node, rows, row);
            for (var metric : METRICS) {
                metric(group, metric, row);
            }
        }

        private void metric(int group, Metric metric, int row) {
            int m = metric.index();
            if (shared.workload().sums() == Sums.DOUBLE) {
                rows.doubleHours(row, m, groups, group, metric);
                return;
            }
            int at = GroupTable.EXACT_LONGS * group + 2 * m;
            totals[2 * m] += groups.exact[at];
            totals[2 * m + 1] += groups.exact[at + 1];
            long micros = groups.hours(group, metric);
            if (micros != Micros.WIDE) {
                rows.decimal(row, m, micros);
                return;
            }
            wideTotals[m] = wideTotals[m].add(groups.q(group, metric));
            totals[2 * m] -= groups.exact[at];
            totals[2 * m + 1] -= groups.exact[at + 1];
            rows.decimal(
                    row,
                    m,
                    Micros.wideHours(groups.q(group, metric), metric.shift()),
                    GroupValues.describe(shared, groups, group));
        }
    }
}
