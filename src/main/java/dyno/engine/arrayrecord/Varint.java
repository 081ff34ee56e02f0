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

    /// Reads numbers one after the other from a range. Used by one thread at a time.
    static final class Reader {

        private final byte[] bytes;
        private final int end;
        private final long chunk;
        private int pos;

        /// @param chunk offset of the chunk that the bytes are of, for errors
        Reader(byte[] bytes, int from, int end, long chunk) {
            this.bytes = bytes;
            this.pos = from;
            this.end = end;
            this.chunk = chunk;
        }

        /// @throws InvalidArrayRecordException where the range ends within a number, or the number passes 64 bits
        long next() {
            long value = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                if (pos >= end) {
                    throw new InvalidArrayRecordException(chunk, "Chunk data ends within a number");
                }
                byte group = bytes[pos++];
                value |= (group & 0x7fL) << shift;
                if (group >= 0) {
                    return value;
                }
            }
            throw new InvalidArrayRecordException(chunk, "A number has more than %d bytes".formatted(MAX_BYTES));
        }

        /// A number that has to lie within 0 and `most`.
        int nextUpTo(int most, String what) {
            long value = next();
            if (value < 0 || value > most) {
                throw new InvalidArrayRecordException(
                        chunk, "%s is %s, which is beyond %d".formatted(what, Long.toUnsignedString(value), most));
            }
            return (int) value;
        }

        int position() {
            return pos;
        }

        int remaining() {
            return end - pos;
        }

        void skip(int bytesToSkip) {
            pos += bytesToSkip;
        }
    }

    private Varint() {}
}
