package dyno.engine.etl;

/// Whole numbers as ASCII digits.
final class Decimal {

    private static final long[] POWERS = powers();

    private Decimal() {}

    /// Digits of a value that is not negative.
    static int digits(long value) {
        int digits = 1;
        while (digits < POWERS.length && value >= POWERS[digits]) {
            digits++;
        }
        return digits;
    }

    /// @return index past the last byte written; at most 20 bytes are
    static int write(byte[] to, int at, long value) {
        if (value < 0) {
            if (value == Long.MIN_VALUE) {
                return writeSmallest(to, at);
            }
            to[at] = '-';
            return write(to, at + 1, -value);
        }
        int end = at + digits(value);
        long rest = value;
        for (int i = end - 1; i >= at; i--) {
            long tenth = rest / 10;
            to[i] = (byte) ('0' + (rest - tenth * 10));
            rest = tenth;
        }
        return end;
    }

    /// The only value that has no positive twin.
    private static int writeSmallest(byte[] to, int at) {
        int end = write(to, at, Long.MIN_VALUE / 10);
        to[end] = (byte) ('0' - Long.MIN_VALUE % 10);
        return end + 1;
    }

    private static long[] powers() {
        var powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
