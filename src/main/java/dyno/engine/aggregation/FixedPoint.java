package dyno.engine.aggregation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// Values as integers: `q = rint(v · 2^30)` for cores and core-seconds, `q = rint(v · 2^10)` for bytes and
/// byte-seconds, ties to even. The product is exact, so nothing but that rounding is lost, and sums of q do not depend
/// on their order. Stateless.
final class FixedPoint {

    static final int CPU_BITS = 30;
    static final int MEMORY_BITS = 10;

    static final double CPU_SCALE = 1L << CPU_BITS;
    static final double MEMORY_SCALE = 1L << MEMORY_BITS;

    /// Below this, q of cores and core-seconds is within 62 bits.
    static final double CPU_NARROW = 0x1p32;
    /// Below this, q of bytes and byte-seconds is within 62 bits.
    static final double MEMORY_NARROW = 0x1p52;

    /// A greater value, by its absolute, is an anomaly.
    static final double MOST = 1e18;

    private FixedPoint() {}

    /// q of any finite value.
    static BigInteger wide(double value, int bits) {
        double scaled = value * (1L << bits);
        if (Math.abs(scaled) < 0x1p62) {
            return BigInteger.valueOf((long) Math.rint(scaled));
        }
        return new BigDecimal(scaled).setScale(0, RoundingMode.HALF_EVEN).toBigIntegerExact();
    }

    static boolean isAnomalous(double value) {
        return Math.abs(value) > MOST;
    }
}
