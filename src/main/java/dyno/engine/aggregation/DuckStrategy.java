package dyno.engine.aggregation;

import dyno.engine.TrialContext;
import dyno.engine.kernel.NanoTime;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The peer: DuckDB over the same files, its rows brought into the form that our loader takes. Used by one thread at
/// a time.
final class DuckStrategy implements AutoCloseable {

    private static final int GIGABYTE_BITS = 30;
    private static final long SECONDS_PER_DAY = 86_400;

    private final AggregationWorkload workload;
    private final Duck duck;
    private final DuckPipeline pipeline;
    private final DuckSql sql;
    private final long textCacheBytes;
    private final Stopwatch stopwatch = new Stopwatch(NanoTime.system());
    private Tally tally = new Tally(0, 0, null, 0);

    DuckStrategy(AggregationWorkload workload, InputTables tables, TrialContext context, long textCacheBytes) {
        this.workload = workload;
        this.textCacheBytes = textCacheBytes;
        this.sql = new DuckSql(workload);
        this.duck = Duck.open(
                workload.workers(),
                AggregationEstimate.duckDbBytes(workload, tables.rows(Table.POD_USAGE)),
                context.scratch().resolve("duckdb"),
                context.cancellation());
        this.pipeline = new DuckPipeline(workload, tables, duck, sql);
    }

    Stopwatch stopwatch() {
        return stopwatch;
    }

    Tally tally() {
        return tally;
    }

    Result run() throws IOException {
        var shared = Shared.of(workload, textCacheBytes);
        boolean perRow = workload.labelMode() == LabelMode.PER_ROW;
        var parser = new LabelParser(shared.sets());
        long texts = pipeline.run(false, DuckLabels.own(parser, shared.sets()), perRow, stopwatch);
        long start = stopwatch.now();
        var counts = counts(perRow);
        if (counts.inPeriod == 0) {
            throw Aggregation.noRows(shared.days());
        }
        tally = new Tally(0, 0, texts, perRow ? counts.inPeriod : texts);
        var rows = new ResultRows(1 << 12);
        var totals = new BigInteger[Metric.COUNT];
        Arrays.fill(totals, BigInteger.ZERO);
        var reader = new RowReader(shared, new LabelParser(shared.sets()), rows);
        var capacities = DuckCapacities.of(duck);
        duck.query(DuckSql.selectPodSums(), found -> reader.pods(found, capacities, totals));
        if (workload.makes(Output.UNALLOCATED)) {
            var select = workload.sums() == Sums.EXACT
                    ? DuckSql.selectUnallocatedRows()
                    : DuckSql.selectUnallocatedRowsOfDoubles();
            duck.query(select, reader::rests);
        }
        if (workload.makes(Output.STORAGE)) {
            duck.query(sql.selectStorageRows(), reader::claims);
        }
        var facts = facts();
        stopwatch.add(Stopwatch.Part.MERGE, start);
        return new Result(
                shared, List.of(rows), counts, facts, workload.sums() == Sums.EXACT ? List.of(totals) : List.of());
    }

    private RowCounts counts(boolean perRow) {
        var counts = duck.query("""
                SELECT coalesce(sum(n), 0) + coalesce(sum(anomalous), 0), coalesce(sum(anomalous), 0),
                    coalesce(sum(n) FILTER (node IS NULL), 0), coalesce(min(day), 0), coalesce(max(day), 0)
                FROM hours
                """, rows -> {
            rows.next();
            var found = new RowCounts();
            found.inPeriod = rows.getLong(1);
            found.anomalous = rows.getLong(2);
            found.withoutNode = rows.getLong(3);
            found.day(rows.getLong(4));
            found.day(rows.getLong(5));
            return found;
        });
        counts.labelRows =
                duck.number("SELECT coalesce(sum(n), 0) FROM (FROM node_rows UNION ALL FROM namespace_rows)");
        counts.malformedLabels = malformed(duck, perRow, sql);
        if (workload.makes(Output.STORAGE)) {
            counts.storageRows = duck.number("SELECT coalesce(sum(n), 0) FROM claim_groups");
            counts.malformedLabels += malformedOfClaims(duck);
            counts.anomalous +=
                    duck.number("SELECT count(*) FROM claims WHERE anomalous AND %s".formatted(sql.inPeriod()));
        }
        return counts;
    }

    /// Rows of pods, nodes and namespaces with malformed label texts.
    static long malformed(Duck duck, boolean perRow, DuckSql sql) {
        if (duck.number("SELECT count(*) FROM texts WHERE malformed") == 0) {
            return 0;
        }
        var pods = perRow
                ? "SELECT raw, 1 AS n FROM pods WHERE %s AND NOT anomalous AND node IS NOT NULL"
                        .formatted(sql.inPeriod())
                : "SELECT labels AS raw, n FROM grouped";
        return duck.number("""
                SELECT coalesce(sum(n), 0)
                FROM (
                    %s
                    UNION ALL SELECT raw, n FROM node_rows
                    UNION ALL SELECT raw, n FROM namespace_rows
                )
                WHERE raw IN (SELECT raw FROM texts WHERE malformed)
                """.formatted(pods));
    }

    static long malformedOfClaims(Duck duck) {
        return duck.number("""
                SELECT coalesce(sum(n), 0)
                FROM (SELECT pvraw AS raw, n FROM claim_groups UNION ALL SELECT pvcraw, n FROM claim_groups)
                WHERE raw IN (SELECT raw FROM texts WHERE malformed)
                """);
    }

    private Result.Facts facts() {
        long conflicts = duck.number("""
                SELECT count(*)
                FROM (FROM node_latest UNION ALL FROM namespace_latest)
                WHERE variants > 1
                """);
        long missing = duck.number("SELECT coalesce(sum(greatest(0, 24 - hours)), 0) FROM node_days WHERE node <> ''");
        long withoutRole = workload.makes(Output.UNALLOCATED)
                ? duck.query(DuckSql.selectUnallocatedRows(), rows -> {
                    var nodes = new java.util.HashSet<String>();
                    while (rows.next()) {
                        if (rows.getString(2) == null) {
                            nodes.add(rows.getString(3));
                        }
                    }
                    return (long) nodes.size();
                })
                : 0;
        return new Result.Facts(conflicts, missing, withoutRole);
    }

    @Override
    public void close() {
        duck.close();
    }

    /// Brings DuckDB's rows into ours.
    private final class RowReader {

        private final Shared shared;
        private final LabelParser parser;
        private final ResultRows out;
        private final TextMap sets = new TextMap(Long.MAX_VALUE);

        RowReader(Shared shared, LabelParser parser, ResultRows out) {
            this.shared = shared;
            this.parser = parser;
            this.out = out;
        }

        int pods(ResultSet rows, DuckCapacities capacities, BigInteger[] totals) throws SQLException {
            int count = 0;
            while (rows.next()) {
                int row = row(rows, Output.POD, totals);
                var node = capacities.node(rows.getInt(1), rows.getString(3));
                var cluster = capacities.cluster(rows.getInt(1));
                hours(node.cores(), Metric.CPU_USAGE, row, ResultRows.NODE_CORE_HOURS, rows);
                hours(node.bytes(), Metric.MEMORY_USAGE, row, ResultRows.NODE_GIGABYTE_HOURS, rows);
                hours(cluster.cores(), Metric.CPU_USAGE, row, ResultRows.CLUSTER_CORE_HOURS, rows);
                hours(cluster.bytes(), Metric.MEMORY_USAGE, row, ResultRows.CLUSTER_GIGABYTE_HOURS, rows);
                count++;
            }
            return count;
        }

        /// Unallocated rows.
        int rests(ResultSet rows) throws SQLException {
            int count = 0;
            while (rows.next()) {
                int row = row(rows, Output.UNALLOCATED, new BigInteger[0]);
                hours(integer(rows, 18), Metric.CPU_USAGE, row, ResultRows.NODE_CORE_HOURS, rows);
                hours(integer(rows, 19), Metric.MEMORY_USAGE, row, ResultRows.NODE_GIGABYTE_HOURS, rows);
                hours(integer(rows, 20), Metric.CPU_USAGE, row, ResultRows.CLUSTER_CORE_HOURS, rows);
                hours(integer(rows, 21), Metric.MEMORY_USAGE, row, ResultRows.CLUSTER_GIGABYTE_HOURS, rows);
                count++;
            }
            return count;
        }

        /// A row with all but its capacity over days.
        private int row(ResultSet rows, Output kind, BigInteger[] totals) throws SQLException {
            int namespace = number(shared.names().namespaces, rows.getString(2));
            int row = begin(kind, rows.getInt(1), namespace, rows.getString(5));
            out.text(row, ResultRows.NODE, number(shared.names().nodes, rows.getString(3)));
            out.text(row, ResultRows.RESOURCE, number(shared.names().resourceIds, rows.getString(4)));
            for (var metric : Metric.values()) {
                metric(rows, metric, row, totals);
            }
            capacity(rows, 14, FixedPoint.CPU_BITS, 0, row, ResultRows.NODE_CORES);
            capacity(rows, 16, FixedPoint.MEMORY_BITS, GIGABYTE_BITS, row, ResultRows.NODE_GIGABYTES);
            return row;
        }

        /// For messages.
        private static String group(ResultSet rows) throws SQLException {
            return LocalDate.ofEpochDay(rows.getInt(1)) + ", " + rows.getString(3);
        }

        private int begin(Output kind, int day, int namespace, String labels) {
            byte[] text = labels.getBytes(StandardCharsets.UTF_8);
            int set = sets.valueOf(text, 0, text.length, parser::parse) >> 1;
            return out.begin(
                    kind,
                    day,
                    namespace,
                    set,
                    kind == Output.UNALLOCATED
                            ? Micros.NULL
                            : shared.categories().of(shared.names().namespaces.string(namespace)));
        }

        private void metric(ResultSet rows, Metric metric, int row, BigInteger[] totals) throws SQLException {
            int column = 6 + metric.index();
            if (workload.sums() == Sums.EXACT) {
                var q = integer(rows, column);
                if (q != null && totals.length > 0) {
                    totals[metric.index()] = totals[metric.index()].add(q);
                }
                hours(q, metric, row, metric.index(), rows);
                return;
            }
            double sum = rows.getDouble(column);
            if (!rows.wasNull()) {
                double hours = sum / 3600 / (1L << (metric.shift() - metric.bits()));
                long micros = Micros.narrow(hours);
                if (micros == Micros.WIDE) {
                    out.decimal(row, metric.index(), Micros.ofDouble(hours), group(rows));
                } else {
                    out.decimal(row, metric.index(), micros);
                }
            }
        }

        /// @param q sum of what `metric` is of; null for none
        private void hours(@Nullable BigInteger q, Metric metric, int row, int to, ResultSet rows) throws SQLException {
            if (q == null) {
                return;
            }
            long micros = q.bitLength() < 120
                    ? Micros.hours(q.shiftRight(64).longValueExact(), q.longValue(), metric.shift())
                    : Micros.WIDE;
            if (micros == Micros.WIDE) {
                out.decimal(row, to, Micros.wideHours(q, metric.shift()), group(rows));
            } else {
                out.decimal(row, to, micros);
            }
        }

        /// The amount in `column`; where there is none, the amount over an hour in the next one.
        private void capacity(ResultSet rows, int column, int bits, int unitBits, int row, int to) throws SQLException {
            double value = rows.getDouble(column);
            if (!rows.wasNull()) {
                double scaled = value * (1L << bits);
                long micros = Math.abs(scaled) < 0x1p62
                        ? Micros.units((long) Math.rint(scaled), bits + unitBits)
                        : Micros.WIDE;
                if (micros == Micros.WIDE) {
                    out.decimal(row, to, Micros.units(FixedPoint.wide(value, bits), bits + unitBits), group(rows));
                } else {
                    out.decimal(row, to, micros);
                }
                return;
            }
            value = rows.getDouble(column + 1);
            if (!rows.wasNull()) {
                out.decimal(row, to, Micros.wideHours(FixedPoint.wide(value, bits), bits + unitBits), group(rows));
            }
        }

        int claims(ResultSet rows) throws SQLException {
            int count = 0;
            while (rows.next()) {
                var names = shared.names();
                int namespace = number(names.namespaces, rows.getString(2));
                int row = begin(Output.STORAGE, rows.getInt(1), namespace, rows.getString(9));
                out.text(row, ResultRows.NODE, number(names.nodes, rows.getString(3)));
                out.text(row, ResultRows.RESOURCE, number(names.resourceIds, rows.getString(4)));
                out.text(row, ResultRows.CLAIM, number(names.claims, rows.getString(5)));
                out.text(row, ResultRows.VOLUME, number(names.volumes, rows.getString(6)));
                out.text(row, ResultRows.STORAGE_CLASS, number(names.storageClasses, rows.getString(7)));
                out.text(row, ResultRows.HANDLE, number(names.handles, rows.getString(8)));
                var group = "claim " + rows.getString(5);
                int shift = FixedPoint.MEMORY_BITS + GIGABYTE_BITS;
                double bytes = rows.getDouble(10);
                if (!rows.wasNull()) {
                    out.decimal(
                            row,
                            ResultRows.CLAIM_GIGABYTES,
                            Micros.units(FixedPoint.wide(bytes, FixedPoint.MEMORY_BITS), shift),
                            group);
                }
                int days = LocalDate.ofEpochDay(rows.getInt(1)).lengthOfMonth();
                int nodes = rows.getInt(14);
                months(integer(rows, 11), days, row, ResultRows.CLAIM_GIGABYTE_MONTHS, group);
                months(integer(rows, 12), days * nodes, row, ResultRows.REQUEST_MONTHS, group);
                months(integer(rows, 13), days * nodes, row, ResultRows.USAGE_MONTHS, group);
                count++;
            }
            return count;
        }

        private void months(@Nullable BigInteger q, int divisor, int row, int to, String group) {
            if (q != null) {
                var whole =
                        BigInteger.valueOf(SECONDS_PER_DAY * divisor).shiftLeft(FixedPoint.MEMORY_BITS + GIGABYTE_BITS);
                out.decimal(row, to, Micros.quotient(q, whole), group);
            }
        }

        private int number(Names names, @Nullable String text) {
            return text == null ? Names.NULL : names.number(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    static @Nullable BigInteger integer(ResultSet rows, int column) throws SQLException {
        return switch (rows.getObject(column)) {
            case null -> null;
            case BigInteger huge -> huge;
            case Number number -> BigInteger.valueOf(number.longValue());
            case Object other -> throw new SQLException("No integer: " + other);
        };
    }
}
