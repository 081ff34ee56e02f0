package dyno.engine.aggregation;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Capacities of nodes and of the cluster by day: hourly maxima added up. Immutable once made.
final class NodeDays {

    private static final int HOURS_OF_A_DAY = 24;

    /// Sums of one node and day, or of all nodes.
    static final class Capacity {

        private final ExactSum cores = new ExactSum(FixedPoint.CPU_BITS);
        private final ExactSum bytes = new ExactSum(FixedPoint.MEMORY_BITS);
        private final Set<Long> hours = new HashSet<>();

        /// Null where no row said anything.
        @Nullable
        BigInteger coreSeconds() {
            return cores.isEmpty() ? null : cores.q();
        }

        @Nullable
        BigInteger byteSeconds() {
            return bytes.isEmpty() ? null : bytes.q();
        }
    }

    /// Sums of one node and day, or of all nodes, as hours in millionths: [Micros#NULL] where no row said anything,
    /// [Micros#WIDE] where the value stands aside.
    record Hours(
            long cores,
            long gigabytes,
            @Nullable BigInteger wideCores,
            @Nullable BigInteger wideGigabytes) {

        static final Hours NONE = new Hours(Micros.NULL, Micros.NULL, null, null);

        static Hours of(Capacity capacity) {
            var cores = hours(capacity.coreSeconds(), Metric.CPU_USAGE.shift());
            var gigabytes = hours(capacity.byteSeconds(), Metric.MEMORY_USAGE.shift());
            return new Hours(narrow(cores), narrow(gigabytes), cores, gigabytes);
        }

        private static @Nullable BigInteger hours(@Nullable BigInteger q, int shift) {
            return q == null ? null : Micros.wideHours(q, shift);
        }

        private static long narrow(@Nullable BigInteger micros) {
            if (micros == null) {
                return Micros.NULL;
            }
            return Micros.isNarrow(micros) ? micros.longValueExact() : Micros.WIDE;
        }
    }

    private final Map<Long, Capacity> nodes = new HashMap<>();
    private final Map<Long, Hours> nodeHours = new HashMap<>();
    private final Map<Integer, Hours> clusterHours = new HashMap<>();
    private long missingHours;

    NodeDays(Capacities capacities) {
        var clusters = new HashMap<Integer, Capacity>();
        capacities.hours().forEach((start, hour) -> {
            int day = DayRange.day(start);
            var cluster = clusters.computeIfAbsent(day, key -> new Capacity());
            for (int index = 0; index < hour.coreSeconds.length; index++) {
                double cores = hour.coreSeconds[index];
                double bytes = hour.byteSeconds[index];
                if (Double.isNaN(cores) && Double.isNaN(bytes)) {
                    continue;
                }
                var node = nodes.computeIfAbsent(DatedLabels.key(day, index - 1), key -> new Capacity());
                node.hours.add(start);
                add(node.cores, cores);
                add(node.bytes, bytes);
                add(cluster.cores, cores);
                add(cluster.bytes, bytes);
            }
        });
        clusters.forEach((day, capacity) -> clusterHours.put(day, Hours.of(capacity)));
        nodes.forEach((key, capacity) -> {
            nodeHours.put(key, Hours.of(capacity));
            // The low half of the key is the node; -1 is no node.
            if (key.intValue() >= 0) {
                missingHours += Math.max(0, HOURS_OF_A_DAY - capacity.hours.size());
            }
        });
    }

    private static void add(ExactSum sum, double value) {
        if (value != Double.NEGATIVE_INFINITY) {
            sum.add(value);
        }
    }

    Hours node(int day, int node) {
        return nodeHours.getOrDefault(DatedLabels.key(day, node), Hours.NONE);
    }

    Hours cluster(int day) {
        return clusterHours.getOrDefault(day, Hours.NONE);
    }

    @Nullable
    Capacity capacity(int day, int node) {
        return nodes.get(DatedLabels.key(day, node));
    }

    long missingHours() {
        return missingHours;
    }
}
