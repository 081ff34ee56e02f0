package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The rules of reading, written down once more as plainly and slowly as possible: one byte at a time, nothing
/// kept, nothing clever. LENIENT, structure and UTF-8 values. What the codec is compared with.
final class PlainReader {

    private final byte[] data;
    private final List<String> errors = new ArrayList<>();
    private final StringBuilder dump = new StringBuilder();
    private int records;

    PlainReader(byte[] data) {
        this.data = data;
    }

    /// `record TAB byteOffset TAB code TAB tag`.
    List<String> errors() {
        return errors;
    }

    /// What the records hold: leader, then a line a field.
    String dump() {
        return dump.toString();
    }

    int records() {
        return records;
    }

    PlainReader read() {
        int p = 0;
        while (p < data.length) {
            int start = p;
            if (p == 0 && data.length >= 3 && at(0) == 0xEF && at(1) == 0xBB && at(2) == 0xBF) {
                p = 3;
            }
            while (p < data.length && isPadding(at(p))) {
                p++;
            }
            if (p > start) {
                error(start, "PADDING", "");
            }
            if (p == data.length) {
                break;
            }
            if (data.length - p < 24) {
                error(p, "TRUNCATED_LEADER", "");
                records++;
                break;
            }
            p = record(p);
            records++;
        }
        return this;
    }

    private int record(int p) {
        int length = number(p, 5);
        boolean usable = length >= 26 && p + length <= data.length;
        if (usable && at(p + length - 1) == 0x1D) {
            fields(p, p + length, p + length - 1);
            return p + length;
        }
        if (!isLeader(p)) {
            error(p, "NOT_A_RECORD", "");
            for (int q = p + 1; q < data.length; q++) {
                if (isLeader(q) && (followsTerminator(q, p) || hasGoodLength(q))) {
                    return q;
                }
            }
            return data.length;
        }
        if (usable && endsOrLeads(p + length)) {
            error(p + length - 1, "RECORD_TERMINATOR_MISSING", "");
            fields(p, p + length, p + length - 1);
            return p + length;
        }
        int end = -1;
        for (int e = p + 24; e <= p + 99_998 && e < data.length && end < 0; e++) {
            end = at(e) == 0x1D && endsOrLeads(e + 1) ? e : -1;
        }
        for (int e = p + 24; e < data.length && end < 0; e++) {
            end = at(e) == 0x1D ? e : -1;
        }
        if (length < 0) {
            error(p, "LENGTH_NOT_NUMERIC", "");
        } else if (end < 0 && length >= 26) {
            error(data.length, "TRUNCATED_RECORD", "");
        } else {
            error(p, "LENGTH_MISMATCH", "");
        }
        int past = end < 0 ? data.length : end + 1;
        fields(p, past, end < 0 ? data.length : end);
        return past;
    }

    private void fields(int p, int past, int dataEnd) {
        if (at(p + 10) != '2' || at(p + 11) != '2') {
            error(p + 10, "COUNTS_INVALID", "");
        }
        int base = number(p + 12, 5);
        if (base < 25 || p + base > dataEnd) {
            error(p + 12, "BASE_ADDRESS_INVALID", "");
            base = baseFound(p, dataEnd);
        } else if ((base - 25) % 12 != 0 || at(p + base - 1) != 0x1E) {
            error(p + base - 1, "DIRECTORY_INVALID", "");
            int found = baseFound(p, dataEnd);
            base = found < 0 && (base - 25) % 12 == 0 ? base : found;
        }
        if (base < 0) {
            return;
        }
        var kept = new ArrayList<int[]>();
        for (int entry = p + 24; entry + 12 <= p + base - 1; entry += 12) {
            int[] field = field(entry, p + base, dataEnd);
            if (field.length > 0) {
                kept.add(field);
            }
        }
        String leader = "%05d".formatted(Math.min(past - p, 99_999))
                + latin1(p + 5, p + 9)
                + "a22"
                + "%05d".formatted(Math.min(base, 99_999))
                + latin1(p + 17, p + 24);
        dump.append("000 ").append(leader).append('\n');
        for (int[] field : kept) {
            values(field[0], field[1], field[2], field[3]);
        }
        dump.append('\n');
    }

    /// Entry, first byte, body, past the last byte; empty where the field is dropped.
    private int[] field(int entry, int base, int dataEnd) {
        for (int i = entry; i < entry + 3; i++) {
            if (!Character.toString(at(i)).matches("[0-9A-Za-z]")) {
                error(entry, "TAG_INVALID", "");
                return new int[0];
            }
        }
        String tag = latin1(entry, entry + 3);
        int length = number(entry + 3, 4);
        int start = number(entry + 7, 5);
        if (length < 0 || start < 0) {
            error(entry + 3, "ENTRY_NOT_NUMERIC", tag);
            return new int[0];
        }
        int from = base + start;
        int to;
        if (length < 1 || from + length > dataEnd) {
            error(entry + 3, "FIELD_OUT_OF_BOUNDS", tag);
            to = length < 1 ? dataEnd : next(0x1E, from, dataEnd);
            if (to >= dataEnd) {
                return new int[0];
            }
        } else if (at(from + length - 1) != 0x1E) {
            error(from + length - 1, "FIELD_UNTERMINATED", tag);
            to = next(0x1E, from, dataEnd);
        } else {
            to = from + length - 1;
        }
        if (tag.startsWith("00")) {
            return new int[] {entry, from, from, to};
        }
        if (to - from < 2) {
            error(from, "FIELD_TOO_SHORT", tag);
            return new int[0];
        }
        int body = from + 2;
        if (body < to && at(body) != 0x1F) {
            error(body, "DELIMITER_MISSING", tag);
            body = next(0x1F, body, to);
            if (body == to) {
                return new int[0];
            }
        }
        return new int[] {entry, from, body, to};
    }

    private void values(int entry, int from, int body, int to) {
        String tag = latin1(entry, entry + 3);
        dump.append(tag).append(' ');
        if (tag.startsWith("00")) {
            dump.append(value(from, to, tag)).append('\n');
            return;
        }
        dump.append(latin1(from, from + 2));
        int delimiter = body;
        while (delimiter < to) {
            int next = next(0x1F, delimiter + 1, to);
            if (next == delimiter + 1) {
                error(delimiter, "SUBFIELD_CODE_MISSING", tag);
            } else {
                dump.append('$').append(latin1(delimiter + 1, delimiter + 2));
                dump.append(value(delimiter + 2, next, tag));
            }
            delimiter = next;
        }
        dump.append('\n');
    }

    private String value(int from, int to, String tag) {
        byte[] bytes = Arrays.copyOfRange(data, from, to);
        if (!isUtf8(bytes)) {
            error(from + firstBad(bytes), "UTF8_INVALID", tag);
        }
        return new String(bytes, UTF_8);
    }

    /// The longest beginning that is UTF-8 ends where the first bad byte is.
    private static int firstBad(byte[] bytes) {
        int good = 0;
        for (int length = 0; length <= bytes.length; length++) {
            if (isUtf8(Arrays.copyOf(bytes, length))) {
                good = length;
            }
        }
        return good;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private int baseFound(int p, int dataEnd) {
        int terminator = next(0x1E, p + 24, dataEnd);
        int base = terminator + 1 - p;
        return terminator < dataEnd && (base - 25) % 12 == 0 ? base : -1;
    }

    private int next(int wanted, int from, int to) {
        int i = from;
        while (i < to && at(i) != wanted) {
            i++;
        }
        return i;
    }

    private boolean followsTerminator(int q, int first) {
        int i = q - 1;
        while (i >= first && isPadding(at(i))) {
            i--;
        }
        return i >= first && at(i) == 0x1D;
    }

    private boolean hasGoodLength(int q) {
        int length = number(q, 5);
        return length >= 26 && q + length <= data.length && at(q + length - 1) == 0x1D;
    }

    private boolean endsOrLeads(int q) {
        int r = q;
        while (r < data.length && isPadding(at(r))) {
            r++;
        }
        return r == data.length || isLeader(r);
    }

    private boolean isLeader(int q) {
        if (q + 24 > data.length) {
            return false;
        }
        for (int i = q; i < q + 24; i++) {
            if (at(i) < 0x20 || at(i) > 0x7E) {
                return false;
            }
        }
        return latin1(q + 10, q + 12).equals("22") && latin1(q + 20, q + 23).equals("450");
    }

    private static boolean isPadding(int b) {
        return b == 0 || b == 9 || b == 0x0A || b == 0x0D || b == 0x1A || b == 0x20;
    }

    private int number(int from, int digits) {
        String text = latin1(from, from + digits);
        return text.matches("[0-9]+") ? Integer.parseInt(text) : -1;
    }

    private String latin1(int from, int to) {
        return new String(data, from, to - from, ISO_8859_1);
    }

    private int at(int i) {
        return data[i] & 0xFF;
    }

    private void error(int offset, String code, String tag) {
        errors.add("%d\t%d\t%s\t%s".formatted(records, offset, code, tag));
    }
}
