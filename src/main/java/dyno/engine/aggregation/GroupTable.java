package dyno.engine.aggregation;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Groups of rows and their sums. Used by one thread at a time.
///
/// An exact sum is two longs, `high · 2^32 + low`: a row adds `q >> 32` to the one and the low 32 bits of q to the
/// other, without a branch, and neither overflows within 2^31 rows. What does not fit 62 bits stands aside.
final class GroupTable {

    /// Longs of a group's exact sums.
    static final int EXACT_LONGS = 2 * Metric.COUNT;
    /// Greatest cores, core-seconds, bytes and byte-seconds of a group.
    static final int MAXIMA = 4;

    static final long LOW_MASK = 0xFFFF_FFFFL;

    private final Sums sums;
    private Names resourceNames = new Names("resource_id", 0);
    final KeyTable keys = new KeyTable();

    long[] exact = new long[0];
    double[] doubles = new double[0];
    /// Negative infinity where no row had a value.
    double[] maxima = new double[0];
    /// Bit m is set where metric m had a value in any row.
    int[] seen = new int[0];
    /// Bytewise greatest, -1 for none.
    int[] resources = new int[0];

    private int ready;
    private final Map<Long, BigInteger> wide = new HashMap<>();

    GroupTable(Sums sums) {
        this.sums = sums;
    }

    GroupTable(Sums sums, Names resourceNames) {
        this.sums = sums;
        this.resourceNames = resourceNames;
    }

    /// Forgets all groups; the next ones refer to `names`.
    void begin(Names names) {
        clear();
        resourceNames = names;
    }

    int size() {
        return keys.size();
    }

    private void clear() {
        keys.clear();
        wide.clear();
        ready = 0;
    }

    /// The group's number; a new group is empty.
    int locate(int day, int node, int namespace, int labels) {
        int group = keys.locate(day, node, namespace, labels);
        if (group == ready) {
            begin(group);
        }
        return group;
    }

    /// As [#locate], for a loop over rows; see [KeyTable#locateAfter].
    int locateAfter(int before, int day, int node, int namespace, int labels) {
        int group = keys.locateAfter(before, day, node, namespace, labels);
        if (group == ready) {
            begin(group);
        }
        return group;
    }

    private void begin(int group) {
        if (group == seen.length) {
            int capacity = keys.capacity();
            seen = Arrays.copyOf(seen, capacity);
            resources = Arrays.copyOf(resources, capacity);
            maxima = Arrays.copyOf(maxima, MAXIMA * capacity);
            if (sums == Sums.EXACT) {
                exact = Arrays.copyOf(exact, EXACT_LONGS * capacity);
            } else {
                doubles = Arrays.copyOf(doubles, Metric.COUNT * capacity);
            }
        }
        seen[group] = 0;
        resources[group] = Names.NULL;
        Arrays.fill(maxima, MAXIMA * group, MAXIMA * (group + 1), Double.NEGATIVE_INFINITY);
        if (sums == Sums.EXACT) {
            Arrays.fill(exact, EXACT_LONGS * group, EXACT_LONGS * (group + 1), 0);
        } else {
            Arrays.fill(doubles, Metric.COUNT * group, Metric.COUNT * (group + 1), 0);
        }
        ready++;
    }

    /// Adds a value of any size to a sum; NaN is none.
    void add(int group, Metric metric, double value) {
        if (Double.isNaN(value)) {
            return;
        }
        int m = metric.index();
        seen[group] |= 1 << m;
        if (sums == Sums.DOUBLE) {
            doubles[Metric.COUNT * group + m] += value;
            return;
        }
        double scaled = value * (1L << metric.bits());
        if (Math.abs(scaled) < 0x1p62) {
            long q = (long) Math.rint(scaled);
            int at = EXACT_LONGS * group + 2 * m;
            exact[at] += q >> 32;
            exact[at + 1] += q & LOW_MASK;
        } else {
            wide.merge(wideKey(group, m), FixedPoint.wide(value, metric.bits()), BigInteger::add);
        }
    }

    void addMaximum(int group, int index, double value) {
        int at = MAXIMA * group + index;
        if (value > maxima[at]) {
            maxima[at] = value;
        }
    }

    void addResource(int group, int resource) {
        int known = resources[group];
        if (resource == known || resource == Names.NULL) {
            return;
        }
        if (known == Names.NULL
                || Arrays.compareUnsigned(resourceNames.text(resource), resourceNames.text(known)) > 0) {
            resources[group] = resource;
        }
    }

    /// Adds group `from` of `other`, which has the same kind of sums, to group `to`.
    void addGroup(int to, GroupTable other, int from) {
        if (sums == Sums.EXACT) {
            int at = EXACT_LONGS * to;
            int source = EXACT_LONGS * from;
            for (int i = 0; i < EXACT_LONGS; i++) {
                exact[at + i] += other.exact[source + i];
            }
            if (!other.wide.isEmpty()) {
                for (int m = 0; m < Metric.COUNT; m++) {
                    var q = other.wide.get(wideKey(from, m));
                    if (q != null) {
                        wide.merge(wideKey(to, m), q, BigInteger::add);
                    }
                }
            }
        } else {
            for (int m = 0; m < Metric.COUNT; m++) {
                doubles[Metric.COUNT * to + m] += other.doubles[Metric.COUNT * from + m];
            }
        }
        for (int i = 0; i < MAXIMA; i++) {
            addMaximum(to, i, other.maxima[MAXIMA * from + i]);
        }
        seen[to] |= other.seen[from];
        addResource(to, other.resources[from]);
    }

    boolean hasValue(int group, Metric metric) {
        return (seen[group] & 1 << metric.index()) != 0;
    }

    double doubleSum(int group, Metric metric) {
        return doubles[Metric.COUNT * group + metric.index()];
    }

    /// The exact sum, of any size.
    BigInteger q(int group, Metric metric) {
        int at = EXACT_LONGS * group + 2 * metric.index();
        var narrow = BigInteger.valueOf(exact[at]).shiftLeft(32).add(BigInteger.valueOf(exact[at + 1]));
        var aside = wide.get(wideKey(group, metric.index()));
        return aside == null ? narrow : narrow.add(aside);
    }

    /// The sum as hours in millionths, [Micros#NULL] where there is none, [Micros#WIDE] where 64 bits might not do.
    long hours(int group, Metric metric) {
        if (!hasValue(group, metric)) {
            return Micros.NULL;
        }
        if (!wide.isEmpty() && wide.containsKey(wideKey(group, metric.index()))) {
            return Micros.WIDE;
        }
        int at = EXACT_LONGS * group + 2 * metric.index();
        long low = (exact[at] << 32) + exact[at + 1];
        long carry = Long.compareUnsigned(low, exact[at + 1]) < 0 ? 1 : 0;
        // exact[at + 1] is not negative, so that it carries into the high half only by the addition.
        return Micros.hours((exact[at] >> 32) + carry, low, metric.shift());
    }

    private static long wideKey(int group, int metric) {
        return (long) group * Metric.COUNT + metric;
    }
}
