package dyno.engine.aggregation;

/// Adds the rows of chunks to groups and to capacities. Used by one thread at a time.
final class ChunkAggregator {

    private static final double CPU_SCALE = FixedPoint.CPU_SCALE;
    private static final double MEMORY_SCALE = FixedPoint.MEMORY_SCALE;
    private static final double CPU_NARROW = FixedPoint.CPU_NARROW;
    private static final double MEMORY_NARROW = FixedPoint.MEMORY_NARROW;
    private static final double MOST = FixedPoint.MOST;
    private static final long LOW_MASK = GroupTable.LOW_MASK;
    private static final int ALL_SEEN = (1 << Metric.COUNT) - 1;
    private static final double[] NOTHING = {};

    private final DayRange days;
    private final Sums sums;
    private final Capacities capacities;
    private final PodPlaces places;
    private final RowCounts counts;
    private GroupTable groups;

    /// @param places where pods of claims are; empty where no storage rows are wanted
    ChunkAggregator(
            DayRange days, Sums sums, GroupTable groups, Capacities capacities, PodPlaces places, RowCounts counts) {
        this.days = days;
        this.sums = sums;
        this.groups = groups;
        this.capacities = capacities;
        this.places = places;
        this.counts = counts;
    }

    /// Later chunks go to another table.
    void turnTo(GroupTable other) {
        groups = other;
    }

    /// Adds a chunk whose labels were resolved.
    ///
    /// @throws IllegalArgumentException where a time is outside of the days that a date can have
    @SuppressWarnings("ShortCircuitBoolean")
    void add(PodChunk chunk) {
        var table = groups;
        long[] starts = chunk.starts;
        int[] nodes = chunk.nodes;
        int[] namespaces = chunk.namespaces;
        int[] resources = chunk.resourceIds;
        int[] parsed = chunk.parsed;
        double[][] values = chunk.values;
        double[] usages = column(values, Metric.CPU_USAGE.index());
        double[] requests = column(values, Metric.CPU_REQUEST.index());
        double[] limits = column(values, Metric.CPU_LIMIT.index());
        double[] memoryUsages = column(values, Metric.MEMORY_USAGE.index());
        double[] memoryRequests = column(values, Metric.MEMORY_REQUEST.index());
        double[] memoryLimits = column(values, Metric.MEMORY_LIMIT.index());
        double[] cores = column(values, PodChunk.CORES);
        double[] coreSeconds = column(values, PodChunk.CORE_SECONDS);
        double[] bytes = column(values, PodChunk.BYTES);
        double[] byteSeconds = column(values, PodChunk.BYTE_SECONDS);
        boolean isFast = sums == Sums.EXACT
                && values[Metric.CPU_EFFECTIVE.index()].length == 0
                && values[Metric.MEMORY_EFFECTIVE.index()].length == 0
                && places.isEmpty()
                && usages.length > 0
                && requests.length > 0
                && limits.length > 0
                && memoryUsages.length > 0
                && memoryRequests.length > 0
                && memoryLimits.length > 0
                && cores.length > 0
                && coreSeconds.length > 0
                && bytes.length > 0
                && byteSeconds.length > 0;
        long lastStart = Long.MIN_VALUE;
        int day = 0;
        boolean isIn = false;
        Capacities.Hour hour = new Capacities.Hour();
        long inPeriod = 0;
        long withoutNode = 0;
        long malformed = 0;
        int group = 0;
        for (int row = 0; row < chunk.rows; row++) {
            long start = starts[row];
            if (start != lastStart || row == 0) {
                lastStart = start;
                day = DayRange.day(start);
                isIn = days.contains(day);
                if (isIn) {
                    hour = capacities.hour(start);
                    counts.day(day);
                }
            }
            if (!isIn) {
                continue;
            }
            inPeriod++;
            if (!isFast) {
                slow(chunk, row, day, hour);
                continue;
            }
            double u = usages[row];
            double r = requests[row];
            double l = limits[row];
            double mu = memoryUsages[row];
            double mr = memoryRequests[row];
            double ml = memoryLimits[row];
            double c = cores[row];
            double cs = coreSeconds[row];
            double b = bytes[row];
            double bs = byteSeconds[row];
            // NaN fails every comparison: a row with a null metric goes the slow way, one with a null capacity need
            // not. `&` and not `&&`: one branch a row.
            boolean isNarrow = Math.abs(u) < CPU_NARROW
                    & Math.abs(r) < CPU_NARROW
                    & Math.abs(l) < CPU_NARROW
                    & Math.abs(mu) < MEMORY_NARROW
                    & Math.abs(mr) < MEMORY_NARROW
                    & Math.abs(ml) < MEMORY_NARROW
                    & !(Math.abs(c) > MOST)
                    & !(Math.abs(cs) > MOST)
                    & !(Math.abs(b) > MOST)
                    & !(Math.abs(bs) > MOST);
            if (!isNarrow) {
                slow(chunk, row, day, hour);
                continue;
            }
            int node = nodes[row];
            hour.add(node + 1, cs, bs);
            if (node < 0) {
                withoutNode++;
                continue;
            }
            int label = parsed[row];
            malformed += label & LabelParser.MALFORMED;
            group = table.locateAfter(group, day, node, namespaces[row], label >> 1);
            table.seen[group] = ALL_SEEN;
            long[] exact = table.exact;
            int at = GroupTable.EXACT_LONGS * group;
            long q = (long) Math.rint(u * CPU_SCALE);
            long qr = (long) Math.rint(r * CPU_SCALE);
            long effective = Math.max(q, qr);
            exact[at] += q >> 32;
            exact[at + 1] += q & LOW_MASK;
            exact[at + 2] += qr >> 32;
            exact[at + 3] += qr & LOW_MASK;
            exact[at + 4] += effective >> 32;
            exact[at + 5] += effective & LOW_MASK;
            q = (long) Math.rint(l * CPU_SCALE);
            exact[at + 6] += q >> 32;
            exact[at + 7] += q & LOW_MASK;
            q = (long) Math.rint(mu * MEMORY_SCALE);
            qr = (long) Math.rint(mr * MEMORY_SCALE);
            effective = Math.max(q, qr);
            exact[at + 8] += q >> 32;
            exact[at + 9] += q & LOW_MASK;
            exact[at + 10] += qr >> 32;
            exact[at + 11] += qr & LOW_MASK;
            exact[at + 12] += effective >> 32;
            exact[at + 13] += effective & LOW_MASK;
            q = (long) Math.rint(ml * MEMORY_SCALE);
            exact[at + 14] += q >> 32;
            exact[at + 15] += q & LOW_MASK;
            double[] maxima = table.maxima;
            int max = GroupTable.MAXIMA * group;
            if (c > maxima[max]) {
                maxima[max] = c;
            }
            if (cs > maxima[max + 1]) {
                maxima[max + 1] = cs;
            }
            if (b > maxima[max + 2]) {
                maxima[max + 2] = b;
            }
            if (bs > maxima[max + 3]) {
                maxima[max + 3] = bs;
            }
            if (resources[row] != table.resources[group]) {
                table.addResource(group, resources[row]);
            }
        }
        counts.inPeriod += inPeriod;
        counts.withoutNode += withoutNode;
        counts.malformedLabels += malformed;
    }

    /// A row with nulls, with values beyond 62 bits, of double sums, or with columns that most inputs do not have.
    private void slow(PodChunk chunk, int row, int day, Capacities.Hour hour) {
        for (int i = 0; i < PodChunk.VALUES; i++) {
            if (FixedPoint.isAnomalous(value(chunk, i, row))) {
                counts.anomalous++;
                return;
            }
        }
        int node = chunk.nodes[row];
        hour.add(node + 1, value(chunk, PodChunk.CORE_SECONDS, row), value(chunk, PodChunk.BYTE_SECONDS, row));
        if (node < 0) {
            counts.withoutNode++;
            return;
        }
        counts.malformedLabels += chunk.parsed[row] & LabelParser.MALFORMED;
        int namespace = chunk.namespaces[row];
        int group = groups.locate(day, node, namespace, chunk.parsed[row] >> 1);
        add(chunk, row, group, Metric.CPU_USAGE);
        add(chunk, row, group, Metric.CPU_REQUEST);
        groups.add(group, Metric.CPU_EFFECTIVE, effective(chunk, row, Metric.CPU_EFFECTIVE));
        add(chunk, row, group, Metric.CPU_LIMIT);
        add(chunk, row, group, Metric.MEMORY_USAGE);
        add(chunk, row, group, Metric.MEMORY_REQUEST);
        groups.add(group, Metric.MEMORY_EFFECTIVE, effective(chunk, row, Metric.MEMORY_EFFECTIVE));
        add(chunk, row, group, Metric.MEMORY_LIMIT);
        for (int i = 0; i < GroupTable.MAXIMA; i++) {
            groups.addMaximum(group, i, value(chunk, PodChunk.CORES + i, row));
        }
        groups.addResource(group, chunk.resourceIds[row]);
        if (!places.isEmpty()) {
            places.add(day, chunk.pods[row], namespace, node, chunk.resourceIds[row]);
        }
    }

    private void add(PodChunk chunk, int row, int group, Metric metric) {
        groups.add(group, metric, value(chunk, metric.index(), row));
    }

    /// What the input provides, else the greater of usage and request, of which either may be null.
    static double effective(PodChunk chunk, int row, Metric metric) {
        int m = metric.index();
        double provided = value(chunk, m, row);
        if (!Double.isNaN(provided)) {
            return provided;
        }
        double usage = value(chunk, m - 2, row);
        double request = value(chunk, m - 1, row);
        return Double.isNaN(request) || usage > request ? usage : request;
    }

    private static double value(PodChunk chunk, int index, int row) {
        var column = chunk.values[index];
        return column.length == 0 ? Double.NaN : column[row];
    }

    private static double[] column(double[][] values, int index) {
        return values[index].length == 0 ? NOTHING : values[index];
    }
}
