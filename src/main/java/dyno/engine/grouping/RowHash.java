package dyno.engine.grouping;

/// Hashes of rows for verification: of a row, and of rows with one time in their order. Stateless.
final class RowHash {

    private static final long MULTIPLIER = 0x9fb21c651e98df25L;
    private static final long NO_TEXT = 0x5bd1e9955bd1e995L;
    private static final int NAN_BITS = 0x7fc00000;
    private static final int NO_VERSION = 1 << 9;

    private RowHash() {}

    static long text(byte[] bytes, int from, int length) {
        long h = length * MULTIPLIER;
        int end = from + length;
        int at = from;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            h = Draws.mix(h ^ Bytes.longAt(bytes, at)) + MULTIPLIER;
        }
        long last = 0;
        for (; at < end; at++) {
            last = (last << 8) | (bytes[at] & 0xff);
        }
        return Draws.mix(h ^ last);
    }

    static long noText() {
        return NO_TEXT;
    }

    /// @param version      of the address
    /// @param isVersionNull whether it has none
    /// @param isRttNull     whether it has no time
    static long row(
            long source,
            long micros,
            long destination,
            byte version,
            boolean isVersionNull,
            float rtt,
            boolean isRttNull) {
        int versionBits = isVersionNull ? NO_VERSION : version & 0xff;
        long rttBits = isRttNull ? 1L << 40 : (Float.isNaN(rtt) ? NAN_BITS : Float.floatToIntBits(rtt)) & 0xffffffffL;
        long h = Draws.mix(source + micros * MULTIPLIER);
        h = Draws.mix(h ^ destination);
        return Draws.mix(h + rttBits * MULTIPLIER + versionBits);
    }

    /// Which probe and time a row belongs to.
    static long group(long source, long micros) {
        return Draws.mix(source ^ Draws.mix(micros + MULTIPLIER));
    }

    /// Goes on with a row behind those of `chain`; 0 is the chain of no rows. The order matters.
    static long chain(long chain, long row) {
        return Draws.mix(chain * MULTIPLIER + row);
    }

    /// What a group adds to a sum over groups in any order.
    static long sealed(long group, long chain) {
        return Draws.mix(group + Draws.mix(chain));
    }
}
