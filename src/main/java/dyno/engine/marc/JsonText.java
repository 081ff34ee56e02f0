package dyno.engine.marc;

import static dyno.engine.marc.Bytes.ONES;

/// Text inside JSON strings: Quotes, backslashes and what is below 20 escaped, all else as it is.
final class JsonText {

    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long BLANKS = ' ' * ONES;

    /// A value is escaped in pieces of this size, so that the room for the worst case stays small.
    private static final int PIECE_BYTES = 1 << 20;

    /// Backslash, `u`, four digits.
    private static final int LONGEST_ESCAPE = 6;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private JsonText() {}

    /// Writes UTF-8 of `data`, `from` to `to`, exclusive (`MarcFormatBenchmark.json`).
    static void put(Output output, byte[] data, int from, int to) {
        int at = from;
        while (to - at > PIECE_BYTES) {
            putPiece(output, data, at, at + PIECE_BYTES);
            at += PIECE_BYTES;
        }
        putPiece(output, data, at, to);
    }

    private static void putPiece(Output output, byte[] data, int from, int to) {
        output.room((to - from) * LONGEST_ESCAPE);
        byte[] target = output.bytes;
        int size = output.size;
        int i = from;
        int lastLong = data.length - 8;
        while (i < to) {
            if (i <= lastLong) {
                // Eight bytes are copied whether they are wanted or not; as many count as need no escape.
                long eight = Bytes.longAt(data, i);
                Bytes.putLong(target, size, eight);
                long special =
                        Bytes.below(eight, BLANKS) | Bytes.equalTo(eight, QUOTES) | Bytes.equalTo(eight, BACKSLASHES);
                int run = Math.min(to - i, special == 0 ? 8 : Long.numberOfTrailingZeros(special) >>> 3);
                i += run;
                size += run;
                if (special == 0 || i == to) {
                    continue;
                }
            }
            size = putByte(target, size, data[i++]);
        }
        output.size = size;
    }

    private static int putByte(byte[] target, int at, byte b) {
        byte escape = switch (b) {
            case '"', '\\' -> b;
            case '\b' -> 'b';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\f' -> 'f';
            case '\r' -> 'r';
            default -> 0;
        };
        if (escape != 0) {
            target[at] = '\\';
            target[at + 1] = escape;
            return at + 2;
        }
        if (b < 0 || b >= 0x20) {
            target[at] = b;
            return at + 1;
        }
        target[at] = '\\';
        target[at + 1] = 'u';
        target[at + 2] = '0';
        target[at + 3] = '0';
        target[at + 4] = HEX[b >> 4];
        target[at + 5] = HEX[b & 0xF];
        return at + 6;
    }

    /// Writes a byte of ISO 8859-1.
    static void putLatin1(Output output, byte b) {
        output.room(LONGEST_ESCAPE);
        if (b >= 0) {
            output.size = putByte(output.bytes, output.size, b);
        } else {
            output.putLatin1(b);
        }
    }

    /// Whether a byte of ISO 8859-1 stands for itself.
    static boolean isPlain(byte b) {
        return b >= 0x20 && b != '"' && b != '\\';
    }
}
