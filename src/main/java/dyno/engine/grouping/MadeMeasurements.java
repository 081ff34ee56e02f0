package dyno.engine.grouping;

import dyno.engine.grouping.Draws.Permutation;
import dyno.engine.grouping.GroupingWorkload.Generate;
import dyno.engine.grouping.GroupingWorkload.RowOrder;

/// Generated measurements: every row follows from seed and index alone.
///
/// Moved from row to row; used by one thread at a time.
final class MadeMeasurements {

    static final double FAILED = -1.0;

    private static final long FIRST_SECOND = 1_750_723_200L;
    private static final int POOL = 3000;
    private static final long V4_ADDRESSES = 223L << 24;
    private static final long V4_FIRST = 1L << 24;
    private static final int PIECES = 3;
    private static final int COARSE_BITS = 16;

    /// Round-trip times in microseconds at 16-bit quantiles, linear in between.
    private static final int[] QUANTILES = {0, 32768, 58982, 64881, 65535};

    private static final int[] MICROS = {1000, 50_000, 239_000, 343_000, 2_000_000};
    private static final double SLOWEST = 302_281.0;

    private final Generate spec;
    private final long[] ends;
    private final int[] coarse;
    private final int coarseShift;
    private final Permutation slots;
    private final Permutation rows;
    private final Permutation v4Sources;
    private final Permutation v4Pool;
    private final long familyKey;
    private final long v6SourceKey;
    private final long v6PoolKey;
    private final long destinationKey;
    private final long rttKey;
    private final long measurementKey;
    private long row;
    private int probe;

    MadeMeasurements(Generate spec) {
        this.spec = spec;
        long seed = spec.seed();
        this.ends = slotEnds(spec);
        this.slots = new Permutation(spec.measurements(), seed, 6);
        this.rows = new Permutation(spec.measurements(), seed, 7);
        this.v4Sources = new Permutation(V4_ADDRESSES, seed, 2);
        this.v4Pool = new Permutation(V4_ADDRESSES, seed, 4);
        this.familyKey = Draws.key(seed, 1);
        this.v6SourceKey = Draws.key(seed, 3);
        this.v6PoolKey = Draws.key(seed, 5);
        this.destinationKey = Draws.key(seed, 8);
        this.rttKey = Draws.key(seed, 9);
        this.measurementKey = Draws.key(seed, 10);
        int bits = Long.SIZE - Long.numberOfLeadingZeros(spec.measurements());
        this.coarseShift = Math.max(0, bits - COARSE_BITS);
        this.coarse = new int[(int) (spec.measurements() >>> coarseShift) + 2];
        int owner = 0;
        for (int i = 0; i < coarse.length; i++) {
            long slot = (long) i << coarseShift;
            while (owner < ends.length - 1 && slot >= ends[owner]) {
                owner++;
            }
            coarse[i] = owner;
        }
    }

    /// Index past the last slot of each probe.
    private static long[] slotEnds(Generate spec) {
        int probes = spec.probes();
        long spare = spec.measurements() - probes;
        long key = Draws.key(spec.seed(), 0);
        double[] sums = new double[probes];
        double sum = 0;
        for (int i = 0; i < probes; i++) {
            long pieces = 0;
            for (int k = 0; k < PIECES; k++) {
                long h = Draws.hash(key, (long) PIECES * i + k);
                pieces += (h & 0xffff) + ((h >>> 16) & 0xffff) + ((h >>> 32) & 0xffff) + (h >>> 48);
            }
            sum += StrictMath.exp(spec.skew() * (pieces / 65536.0 - 6.0));
            sums[i] = sum;
        }
        long[] ends = new long[probes];
        for (int i = 0; i < probes; i++) {
            long extra = i == probes - 1 ? spare : (long) (sums[i] / sum * spare);
            ends[i] = i + 1 + extra;
        }
        return ends;
    }

    /// Rows of a probe.
    long rowsOf(int index) {
        return ends[index] - (index == 0 ? 0 : ends[index - 1]);
    }

    /// Moves to a row, 0-based in the input as a whole.
    void moveTo(long index) {
        row = spec.rowOrder() == RowOrder.TIME ? index : rows.of(index);
        probe = owner(slots.of(row));
    }

    private int owner(long slot) {
        int low = coarse[(int) (slot >>> coarseShift)];
        int high = coarse[(int) (slot >>> coarseShift) + 1];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (slot >= ends[middle]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    long timeNanos() {
        // At most 2e9 · 1008, far from the end of a long.
        return (FIRST_SECOND + row * 1008 / 41669) * 1_000_000_000L;
    }

    int ipVersion() {
        return isV4(probe) ? 4 : 6;
    }

    /// Writes the row's source address.
    ///
    /// @param out at least [AddressText#MOST_BYTES] long
    /// @return bytes written
    int putSource(byte[] out) {
        return putProbe(probe, out);
    }

    /// Writes a probe's address.
    int putProbe(int index, byte[] out) {
        return isV4(index)
                ? AddressText.putV4(out, v4Sources.of(index) + V4_FIRST)
                : AddressText.putV6(out, Draws.hash(v6SourceKey, index));
    }

    /// Writes the row's destination address.
    int putDestination(byte[] out) {
        long k = Long.remainderUnsigned(Draws.hash(destinationKey, row), POOL);
        return isV4(probe)
                ? AddressText.putV4(out, v4Pool.of(k) + V4_FIRST)
                : AddressText.putV6(out, Draws.hash(v6PoolKey, k));
    }

    /// Milliseconds; [#FAILED] where the measurement failed.
    double rtt() {
        long h = Draws.hash(rttKey, row);
        if ((h & 255) < 15) {
            return FAILED;
        }
        int q = (int) (h >>> 8) & 65535;
        if (q == 65535) {
            return SLOWEST;
        }
        int piece = 0;
        while (q >= QUANTILES[piece + 1]) {
            piece++;
        }
        int q0 = QUANTILES[piece];
        int y0 = MICROS[piece];
        long rise = (long) (q - q0) * (MICROS[piece + 1] - y0) / (QUANTILES[piece + 1] - q0);
        return (y0 + rise + ((h >>> 24) & 1023)) / 1000.0;
    }

    long measurementId() {
        return 1 + Long.remainderUnsigned(Draws.hash(measurementKey, row), 66275);
    }

    private boolean isV4(int index) {
        return Long.remainderUnsigned(Draws.hash(familyKey, index), 1000) < 577;
    }
}
