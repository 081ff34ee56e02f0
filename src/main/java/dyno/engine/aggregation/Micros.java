package dyno.engine.aggregation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// Exact quotients rounded once, half away from zero, to 6 decimals: as counts of millionths. Stateless.
final class Micros {

    /// A column without a value.
    static final long NULL = Long.MIN_VALUE;
    /// A value that 64 bits do not hold; it stands aside.
    static final long WIDE = Long.MIN_VALUE + 1;

    /// 18 integer digits and 6 decimals.
    private static final BigInteger LIMIT = BigInteger.TEN.pow(24);

    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
    private static final long SECONDS_PER_HOUR = 3600;

    private Micros() {}

    /// `q / (3600 · 2^shift)`, where `q = high · 2^64 + low` (low unsigned) and |q| is below 2^100.
    ///
    /// 10^6 / 3600 = 2500 / 9, so that the result is ⌊(5000·|q| + 9·2^shift) / (9·2^(shift+1))⌋ with the sign of
    /// q: a shift and a division by 9 of what then has 64 bits.
    ///
    /// @param shift 30 for core-seconds to core-hours, 40 for byte-seconds to gigabyte-hours
    /// @return [#WIDE] where the result might not fit
    static long hours(long high, long low, int shift) {
        boolean isNegative = high < 0;
        long l = isNegative ? -low : low;
        long h = isNegative ? ~high + (low == 0 ? 1 : 0) : high;
        if (h >>> 36 != 0) {
            return WIDE;
        }
        long productHigh = Math.unsignedMultiplyHigh(l, 5000) + h * 5000;
        long productLow = l * 5000;
        long half = 9L << shift;
        long sumLow = productLow + half;
        long sumHigh = productHigh + (Long.compareUnsigned(sumLow, half) < 0 ? 1 : 0);
        int down = shift + 1;
        if (sumHigh >>> (down - 1) != 0) {
            return WIDE;
        }
        long quotient = (sumHigh << (64 - down) | sumLow >>> down) / 9;
        return isNegative ? -quotient : quotient;
    }

    /// `q / 2^shift`, shift at least 10: 10^6 = 2^6 · 15,625, so that the result is
    /// ⌊(31,250·|q| + 2^(shift-6)) / 2^(shift-5)⌋ with the sign of q.
    ///
    /// @return [#WIDE] where the result might not fit
    static long units(long q, int shift) {
        long magnitude = Math.abs(q);
        long productHigh = Math.unsignedMultiplyHigh(magnitude, 31_250);
        long productLow = magnitude * 31_250;
        long half = 1L << (shift - 6);
        long sumLow = productLow + half;
        long sumHigh = productHigh + (Long.compareUnsigned(sumLow, half) < 0 ? 1 : 0);
        int down = shift - 5;
        if (q == Long.MIN_VALUE || sumHigh >>> (down - 1) != 0) {
            return WIDE;
        }
        long quotient = sumHigh << (64 - down) | sumLow >>> down;
        return q < 0 ? -quotient : quotient;
    }

    /// A double in millionths; [#WIDE] where it is too large for that to be exact to the last digit.
    static long narrow(double value) {
        double scaled = Math.abs(value) * 1e6;
        if (!(scaled < 0x1p52)) {
            return WIDE;
        }
        long micros = (long) Math.floor(scaled + 0.5);
        return value < 0 ? -micros : micros;
    }

    /// `q / (3600 · 2^shift)` of any q.
    static BigInteger wideHours(BigInteger q, int shift) {
        return quotient(q, BigInteger.valueOf(SECONDS_PER_HOUR).shiftLeft(shift));
    }

    /// `q / 2^shift` of any q.
    static BigInteger units(BigInteger q, int shift) {
        return quotient(q, BigInteger.ONE.shiftLeft(shift));
    }

    /// `q / divisor` in millionths.
    static BigInteger quotient(BigInteger q, BigInteger divisor) {
        return new BigDecimal(q.multiply(MILLION))
                .divide(new BigDecimal(divisor), 0, RoundingMode.HALF_UP)
                .toBigIntegerExact();
    }

    /// Millionths of a double.
    static BigInteger ofDouble(double value) {
        return new BigDecimal(value).setScale(6, RoundingMode.HALF_UP).unscaledValue();
    }

    static boolean isTooLarge(BigInteger micros) {
        return micros.abs().compareTo(LIMIT) >= 0;
    }

    static boolean isNarrow(BigInteger micros) {
        return micros.bitLength() < 63;
    }
}
