package dyno.engine.arrayrecord;

/// Reads Snappy's block format: the decompressed length, then literals and copies of what was decompressed already.
///
/// @see <a href="https://github.com/google/snappy/blob/main/format_description.txt">Snappy, format description</a>
final class Snappy {

    private static final int LITERAL = 0;
    private static final int COPY_1 = 1;
    private static final int COPY_2 = 2;

    /// Literals of up to 60 bytes have their length in the tag; above, the tag says how many bytes the length has.
    private static final int LONGEST_SHORT_LITERAL = 60;

    /// Decompresses `source` into `target`, which it has to fill exactly.
    ///
    /// @param chunk offset of the chunk that the bytes are of, for errors
    static void decompress(ByteRange source, ByteRange target, long chunk) {
        byte[] in = source.bytes();
        int inEnd = source.from() + source.length();
        byte[] out = target.bytes();
        int outFrom = target.from();
        int outEnd = outFrom + target.length();
        var preamble = new Varint.Reader(in, source.from(), inEnd, chunk);
        if (preamble.next() != target.length()) {
            throw damaged(chunk, "the decompressed length differs from the chunk's");
        }
        int pos = preamble.position();
        int to = outFrom;
        while (pos < inEnd) {
            int tag = in[pos++] & 0xff;
            int kind = tag & 3;
            int extra = extraBytes(tag);
            if (extra > inEnd - pos) {
                throw damaged(chunk, "it ends within a tag");
            }
            long number = littleEndian(in, pos, extra);
            pos += extra;
            if (kind == LITERAL) {
                long length = 1 + (extra == 0 ? tag >>> 2 : number);
                if (length > inEnd - pos || length > outEnd - to) {
                    throw damaged(chunk, "a literal has %d bytes".formatted(length));
                }
                System.arraycopy(in, pos, out, to, (int) length);
                pos += (int) length;
                to += (int) length;
            } else {
                int length = kind == COPY_1 ? 4 + (tag >>> 2 & 7) : 1 + (tag >>> 2);
                long back = kind == COPY_1 ? (tag >>> 5) << 8 | number : number;
                if (back == 0 || back > to - outFrom || length > outEnd - to) {
                    throw damaged(chunk, "a copy goes back %d bytes for %d".formatted(back, length));
                }
                // One by one, as a copy may run into what it writes.
                int from = to - (int) back;
                for (int i = 0; i < length; i++) {
                    out[to++] = out[from++];
                }
            }
        }
        if (to != outEnd) {
            throw damaged(chunk, "%d of %d bytes came out".formatted(to - outFrom, target.length()));
        }
    }

    private static int extraBytes(int tag) {
        return switch (tag & 3) {
            case LITERAL -> Math.max(0, (tag >>> 2) - LONGEST_SHORT_LITERAL + 1);
            case COPY_1 -> 1;
            case COPY_2 -> 2;
            default -> 4;
        };
    }

    private static long littleEndian(byte[] bytes, int from, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = (value << 8) | (bytes[from + i] & 0xff);
        }
        return value;
    }

    private static InvalidArrayRecordException damaged(long chunk, String how) {
        return new InvalidArrayRecordException(chunk, "Snappy data is damaged: " + how);
    }

    private Snappy() {}
}
