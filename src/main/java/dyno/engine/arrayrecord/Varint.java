package dyno.engine.arrayrecord;

/// Unsigned numbers in groups of seven bits, low group first, all but the last with the top bit set.
final class Varint {

    static final int MAX_BYTES = 10;

    static int length(long value) {
        // 0 has one group like 1 has.
        return (63 - Long.numberOfLeadingZeros(value | 1)) / 7 + 1;
    }

    /// @return index past the last byte written
    static int put(byte[] bytes, int at, long value) {
        int pos = at;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[pos++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[pos++] = (byte) rest;
        return pos;
    }

    private Varint() {}
}
