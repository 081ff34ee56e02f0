package dyno.engine.aggregation;

import java.math.BigInteger;

/// A sum of fixed-point values, of any size. For loops that are not hot. Used by one thread at a time.
final class ExactSum {

    private static final long LOW_MASK = 0xFFFF_FFFFL;

    private final int bits;
    private long high;
    private long low;
    private BigInteger rest = BigInteger.ZERO;
    private boolean isEmpty = true;

    /// @param bits [FixedPoint#CPU_BITS] or [FixedPoint#MEMORY_BITS]
    ExactSum(int bits) {
        this.bits = bits;
    }

    /// Adds a value; NaN is none.
    void add(double value) {
        if (Double.isNaN(value)) {
            return;
        }
        isEmpty = false;
        double scaled = value * (1L << bits);
        if (Math.abs(scaled) < 0x1p62) {
            long q = (long) Math.rint(scaled);
            high += q >> 32;
            low += q & LOW_MASK;
        } else {
            rest = rest.add(FixedPoint.wide(value, bits));
        }
    }

    void add(BigInteger q) {
        isEmpty = false;
        rest = rest.add(q);
    }

    void merge(ExactSum other) {
        if (!other.isEmpty) {
            add(other.q());
        }
    }

    boolean isEmpty() {
        return isEmpty;
    }

    BigInteger q() {
        return BigInteger.valueOf(high)
                .shiftLeft(32)
                .add(BigInteger.valueOf(low))
                .add(rest);
    }
}
