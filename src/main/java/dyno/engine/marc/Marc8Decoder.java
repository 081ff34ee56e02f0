package dyno.engine.marc;

import dyno.engine.marc.MarcWorkload.Normalization;
import java.text.Normalizer;

/// Decodes values in MARC-8.
///
/// Every value begins with ASCII in G0 (bytes 21 to 7E) and ANSEL in G1 (A1 to FE). Marks precede their letter
/// there and follow it in Unicode. What is no character becomes U+FFFD: an escape byte alone, a whole or
/// broken-off triple of EACC, any other byte by itself. Used by one thread at a time.
final class Marc8Decoder {

    private static final char REPLACEMENT = '\uFFFD';

    private final Marc8Tables tables = Marc8Tables.shared();
    private final boolean normalizes;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder marks = new StringBuilder();
    private int marksAt;
    private int g0;
    private int g1;
    private int firstInvalid;

    Marc8Decoder(Normalization normalization) {
        this.normalizes = normalization == Normalization.NFC;
    }

    /// Decodes a value.
    ///
    /// @return its text, valid until the next call
    CharSequence decode(byte[] data, int from, int to) {
        text.setLength(0);
        marks.setLength(0);
        g0 = Marc8Tables.ASCII;
        g1 = Marc8Tables.ANSEL;
        firstInvalid = -1;
        int i = from;
        while (i < to) {
            int b = data[i] & 0xFF;
            if (b == Bytes.ESCAPE) {
                i = escape(data, i, to);
            } else if (b < 0x80) {
                i = low(data, i, to, b);
            } else {
                i = high(data, i, to, b);
            }
        }
        keepMarksWithoutLetter();
        return normalizes && !Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? Normalizer.normalize(text, Normalizer.Form.NFC)
                : text;
    }

    /// Index of the first byte of the last value that was no MARC-8; -1 where all were.
    int firstInvalid() {
        return firstInvalid;
    }

    private int low(byte[] data, int i, int to, int b) {
        if (b < 0x20) {
            keepMarksWithoutLetter();
            text.append((char) b);
            return i + 1;
        }
        if (b == 0x20 || b == 0x7F) {
            letter((char) b);
            return i + 1;
        }
        return g0 == Marc8Tables.EACC ? triple(data, i, to, 0) : graphic(i, g0, b);
    }

    private int high(byte[] data, int i, int to, int b) {
        if (b < 0xA0) {
            char control = switch (b) {
                case 0x88 -> '\u0098';
                case 0x89 -> '\u009C';
                case 0x8D -> '\u200D';
                case 0x8E -> '\u200C';
                default -> 0;
            };
            if (control == 0) {
                return invalid(i, 1);
            }
            letter(control);
            return i + 1;
        }
        if (b == 0xFF || (b == 0xA0 && g1 == Marc8Tables.EACC)) {
            return invalid(i, 1);
        }
        return g1 == Marc8Tables.EACC ? triple(data, i, to, 0x80) : graphic(i, g1, b & 0x7F);
    }

    private int graphic(int i, int set, int b) {
        char c = tables.character(set, b);
        if (tables.isMark(set, b)) {
            mark(i, c);
        } else if (c == 0) {
            return invalid(i, 1);
        } else {
            letter(c);
        }
        return i + 1;
    }

    private void mark(int i, char c) {
        if (c == 0) {
            return;
        }
        if (marks.isEmpty()) {
            marksAt = i;
        }
        marks.append(c);
    }

    private void letter(char c) {
        text.append(c);
        if (!marks.isEmpty()) {
            text.append(marks);
            marks.setLength(0);
        }
    }

    /// @param highBit 0x80 where the bytes of the triple have it set, else 0
    private int triple(byte[] data, int i, int to, int highBit) {
        int count = 0;
        while (count < 3 && i + count < to && isGraphicOf(data[i + count], highBit)) {
            count++;
        }
        if (count < 3) {
            return invalid(i, count);
        }
        char c = tables.character(data[i] & 0x7F, data[i + 1] & 0x7F, data[i + 2] & 0x7F);
        if (c == 0) {
            return invalid(i, 3);
        }
        letter(c);
        return i + 3;
    }

    private static boolean isGraphicOf(byte b, int highBit) {
        return (b & 0x80) == highBit && Marc8Tables.isGraphic(b & 0x7F);
    }

    private int invalid(int i, int count) {
        if (firstInvalid < 0 || i < firstInvalid) {
            firstInvalid = i;
        }
        letter(REPLACEMENT);
        return i + count;
    }

    private void keepMarksWithoutLetter() {
        if (!marks.isEmpty()) {
            firstInvalid = firstInvalid < 0 ? marksAt : Math.min(firstInvalid, marksAt);
            text.append(marks);
            marks.setLength(0);
        }
    }

    private int escape(byte[] data, int i, int to) {
        int first = byteAt(data, i + 1, to);
        return switch (first) {
            case 'g', 'b', 'p' -> {
                g0 = Marc8Tables.FINALS.indexOf(first);
                yield i + 2;
            }
            case 's' -> {
                g0 = Marc8Tables.ASCII;
                yield i + 2;
            }
            case '(', ',', ')', '-' -> designate(data, i, to, first);
            case '$' -> designateTriple(data, i, to);
            default -> invalid(i, 1);
        };
    }

    private int designate(byte[] data, int i, int to, int intermediate) {
        int last = byteAt(data, i + 2, to);
        int next = i + 3;
        if (last == '!' && byteAt(data, i + 3, to) == 'E') {
            last = 'E';
            next = i + 4;
        }
        // Upper case and digits only: the small letters have sequences of their own.
        int set = last >= '0' && last <= 'Z' ? Marc8Tables.FINALS.indexOf(last) : -1;
        if (set < 0) {
            return invalid(i, 1);
        }
        assign(intermediate, set);
        return next;
    }

    private int designateTriple(byte[] data, int i, int to) {
        int second = byteAt(data, i + 2, to);
        if (second == '1') {
            g0 = Marc8Tables.EACC;
            return i + 3;
        }
        boolean isIntermediate = second == ',' || second == ')' || second == '-';
        if (!isIntermediate || byteAt(data, i + 3, to) != '1') {
            return invalid(i, 1);
        }
        assign(second, Marc8Tables.EACC);
        return i + 4;
    }

    private void assign(int intermediate, int set) {
        if (intermediate == '(' || intermediate == ',') {
            g0 = set;
        } else {
            g1 = set;
        }
    }

    private static int byteAt(byte[] data, int i, int to) {
        return i < to ? data[i] & 0xFF : -1;
    }
}
