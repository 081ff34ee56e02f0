package dyno.engine.aggregation;

import java.math.BigInteger;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What a row says of its node and cluster. Immutable.
record GroupValues(Shared shared, GroupTable groups, NodeDays nodeDays) {

    private static final int GIGABYTE_BITS = 30;

    void write(int group, int day, int node, ResultRows rows, int row) {
        int at = GroupTable.MAXIMA * group;
        cores(rows, row, groups.maxima[at], groups.maxima[at + 1], group);
        gigabytes(rows, row, groups.maxima[at + 2], groups.maxima[at + 3], group);
        var hours = nodeDays.node(day, node);
        var cluster = nodeDays.cluster(day);
        put(rows, row, ResultRows.NODE_CORE_HOURS, hours.cores(), hours.wideCores(), group);
        put(rows, row, ResultRows.NODE_GIGABYTE_HOURS, hours.gigabytes(), hours.wideGigabytes(), group);
        put(rows, row, ResultRows.CLUSTER_CORE_HOURS, cluster.cores(), cluster.wideCores(), group);
        put(rows, row, ResultRows.CLUSTER_GIGABYTE_HOURS, cluster.gigabytes(), cluster.wideGigabytes(), group);
    }

    /// The greatest number of cores; where no row has one, the greatest core-seconds of an hour.
    private void cores(ResultRows rows, int row, double cores, double coreSeconds, int group) {
        capacity(rows, row, ResultRows.NODE_CORES, cores, coreSeconds, FixedPoint.CPU_BITS, 0, group);
    }

    private void gigabytes(ResultRows rows, int row, double bytes, double byteSeconds, int group) {
        capacity(
                rows, row, ResultRows.NODE_GIGABYTES, bytes, byteSeconds, FixedPoint.MEMORY_BITS, GIGABYTE_BITS, group);
    }

    private void capacity(
            ResultRows rows, int row, int column, double amount, double seconds, int bits, int unitBits, int group) {
        if (amount != Double.NEGATIVE_INFINITY) {
            double scaled = amount * (1L << bits);
            long micros =
                    Math.abs(scaled) < 0x1p62 ? Micros.units((long) Math.rint(scaled), bits + unitBits) : Micros.WIDE;
            if (micros != Micros.WIDE) {
                rows.decimal(row, column, micros);
            } else {
                put(rows, row, column, Micros.units(FixedPoint.wide(amount, bits), bits + unitBits), group);
            }
        } else if (seconds != Double.NEGATIVE_INFINITY) {
            put(rows, row, column, Micros.wideHours(FixedPoint.wide(seconds, bits), bits + unitBits), group);
        }
    }

    private void put(ResultRows rows, int row, int column, long micros, @Nullable BigInteger wide, int group) {
        if (micros == Micros.WIDE && wide != null) {
            put(rows, row, column, wide, group);
        } else {
            rows.decimal(row, column, micros);
        }
    }

    private void put(ResultRows rows, int row, int column, BigInteger micros, int group) {
        rows.decimal(row, column, micros, describe(shared, groups, group));
    }

    /// For messages: day, namespace, node and labels.
    static String describe(Shared shared, GroupTable groups, int group) {
        var keys = groups.keys;
        return "%s, %s, %s, %s"
                .formatted(
                        LocalDate.ofEpochDay(keys.day(group)),
                        shared.names().namespaces.string(keys.namespace(group)),
                        shared.names().nodes.string(keys.node(group)),
                        new String(
                                shared.sets().set(keys.labels(group)).canonical(),
                                java.nio.charset.StandardCharsets.UTF_8));
    }
}
