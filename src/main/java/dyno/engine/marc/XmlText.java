package dyno.engine.marc;

import static dyno.engine.marc.Bytes.ONES;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dyno.engine.marc.MarcWorkload.XmlIllegal;

/// Text inside XML elements and attributes. Characters that XML 1.0 forbids are never written.
///
/// Used by one thread at a time.
final class XmlText {

    private static final long AMPERSANDS = '&' * ONES;
    private static final long LESS_THANS = '<' * ONES;
    private static final long BLANKS = ' ' * ONES;

    /// First byte of U+FFFE and U+FFFF, the only characters beyond the controls that XML forbids.
    private static final byte LEAD_OF_NONCHARACTERS = (byte) 0xEF;

    private static final long LEADS_OF_NONCHARACTERS = 0xEFEFEFEFEFEFEFEFL;

    /// `<` and `>` differ in this bit alone.
    private static final long WITHOUT_SECOND_BIT = ~(0x02 * ONES);

    private static final int PIECE_BYTES = 1 << 20;

    /// `&quot;`.
    private static final int LONGEST_ESCAPE = 6;

    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};
    private static final byte[] AMPERSAND = "&amp;".getBytes(ISO_8859_1);
    private static final byte[] LESS_THAN = "&lt;".getBytes(ISO_8859_1);
    private static final byte[] GREATER_THAN = "&gt;".getBytes(ISO_8859_1);
    private static final byte[] QUOTE = "&quot;".getBytes(ISO_8859_1);
    private static final byte[] CARRIAGE_RETURN = "&#13;".getBytes(ISO_8859_1);
    private static final byte[] TAB = "&#9;".getBytes(ISO_8859_1);
    private static final byte[] LINE_FEED = "&#10;".getBytes(ISO_8859_1);

    private final XmlIllegal illegal;
    private boolean sawIllegal;

    XmlText(XmlIllegal illegal) {
        this.illegal = illegal;
    }

    /// Whether an illegal character was met since the last question, and none is to be met.
    boolean failed() {
        boolean failed = sawIllegal && illegal == XmlIllegal.FAIL;
        sawIllegal = false;
        return failed;
    }

    /// Writes UTF-8 as the text of an element (`MarcFormatBenchmark.marcXml`).
    void put(Output output, byte[] data, int from, int to) {
        int at = from;
        while (to - at > PIECE_BYTES) {
            // A piece ends before a character's first byte, so that none is taken apart.
            int past = at + PIECE_BYTES;
            while ((data[past] & 0xC0) == 0x80 && past > at + 1) {
                past--;
            }
            putPiece(output, data, at, past);
            at = past;
        }
        putPiece(output, data, at, to);
    }

    private void putPiece(Output output, byte[] data, int from, int to) {
        output.room((to - from) * LONGEST_ESCAPE);
        byte[] target = output.bytes;
        int size = output.size;
        int i = from;
        int lastLong = data.length - 8;
        while (i < to) {
            if (i <= lastLong) {
                long eight = Bytes.longAt(data, i);
                Bytes.putLong(target, size, eight);
                long special = Bytes.below(eight, BLANKS)
                        | Bytes.equalTo(eight, AMPERSANDS)
                        | Bytes.equalTo(eight & WITHOUT_SECOND_BIT, LESS_THANS)
                        | Bytes.equalTo(eight, LEADS_OF_NONCHARACTERS);
                int run = Math.min(to - i, special == 0 ? 8 : Long.numberOfTrailingZeros(special) >>> 3);
                i += run;
                size += run;
                if (special == 0 || i == to) {
                    continue;
                }
            }
            if (isNoncharacter(data, i, to)) {
                size = putIllegal(target, size);
                i += 3;
            } else {
                size = putByte(target, size, data[i], false);
                i++;
            }
        }
        output.size = size;
    }

    private static boolean isNoncharacter(byte[] data, int i, int to) {
        return data[i] == LEAD_OF_NONCHARACTERS
                && i + 2 < to
                && data[i + 1] == (byte) 0xBF
                && (data[i + 2] == (byte) 0xBE || data[i + 2] == (byte) 0xBF);
    }

    private int putByte(byte[] target, int at, byte b, boolean isAttribute) {
        return switch (b) {
            case '&' -> put(target, at, AMPERSAND);
            case '<' -> put(target, at, LESS_THAN);
            case '>' -> put(target, at, GREATER_THAN);
            case '\r' -> put(target, at, CARRIAGE_RETURN);
            case '"' -> isAttribute ? put(target, at, QUOTE) : putPlain(target, at, b);
            case '\t' -> isAttribute ? put(target, at, TAB) : putPlain(target, at, b);
            case '\n' -> isAttribute ? put(target, at, LINE_FEED) : putPlain(target, at, b);
            default -> b >= 0 && b < 0x20 ? putIllegal(target, at) : putPlain(target, at, b);
        };
    }

    private static int putPlain(byte[] target, int at, byte b) {
        target[at] = b;
        return at + 1;
    }

    private int putIllegal(byte[] target, int at) {
        sawIllegal = true;
        return illegal == XmlIllegal.REPLACE ? put(target, at, REPLACEMENT) : at;
    }

    private static int put(byte[] target, int at, byte[] source) {
        System.arraycopy(source, 0, target, at, source.length);
        return at + source.length;
    }

    /// Writes a byte of ISO 8859-1 as text of an element.
    void putLatin1(Output output, byte b) {
        putLatin1(output, b, false);
    }

    /// Writes a byte of ISO 8859-1 as part of an attribute.
    void putAttribute(Output output, byte b) {
        putLatin1(output, b, true);
    }

    private void putLatin1(Output output, byte b, boolean isAttribute) {
        if (b < 0) {
            output.putLatin1(b);
        } else {
            output.room(LONGEST_ESCAPE);
            output.size = putByte(output.bytes, output.size, b, isAttribute);
        }
    }

    /// Whether a byte of ISO 8859-1 stands for itself in an attribute.
    static boolean isPlainAttribute(byte b) {
        return b >= 0x20 && b != '"' && b != '&' && b != '<' && b != '>';
    }
}
