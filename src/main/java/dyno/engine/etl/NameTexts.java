package dyno.engine.etl;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The two texts of each row of columns in one byte area, one after the other: `u{id}u{id}@e.com`.
///
/// Belongs to one thread at a time, with the batch whose texts they are.
final class NameTexts {

    /// Writes of eight bytes may run past the end of the last text.
    private static final int SLACK = 16;

    /// Ids up to 10^9 need no more a row; larger ones make the area grow.
    private static final int COMMON_ROW_BYTES = 28;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// `@e.com` as the low six bytes.
    private static final long DOMAIN = 0x6d6f632e6540L;

    private static final int DOMAIN_BYTES = 6;

    /// `u`, `u` and the domain, and twice the digits of the largest id.
    private static final int LONGEST_ROW_BYTES = 2 + DOMAIN_BYTES + 2 * 19;

    /// No id: they begin with 1.
    private static final long NONE = 0;

    private final int[] end;
    private byte[] area;

    /// The id that [#digits] spells, so that the next one need not be written anew; from it on, up to [#tensEnd], only
    /// the last digit changes.
    private long spelled = NONE;

    private long tensEnd;
    private int length;
    private final byte[] digits = new byte[Long.BYTES * 4];

    NameTexts(int rows) {
        this.end = new int[rows];
        this.area = new byte[rows * COMMON_ROW_BYTES + SLACK];
    }

    /// Appends the texts of the ids `firstId` to `firstId + count - 1`.
    ///
    /// @param row the first one's
    /// @return digits of all these ids together
    long append(int row, long firstId, int count) {
        int at = offset(row);
        reserve(at, count, firstId + count);
        long digitsOfAll = 0;
        int done = 0;
        while (done < count) {
            if (firstId + done != spelled) {
                spell(firstId + done);
            }
            int alike = (int) Math.min(count - done, tensEnd - spelled);
            digitsOfAll += (long) alike * length;
            at = length <= Long.BYTES ? shortTexts(row + done, alike, at) : longTexts(row + done, alike, at);
            done += alike;
            spelled = spelled + alike < tensEnd ? spelled + alike : NONE;
        }
        return digitsOfAll;
    }

    private void spell(long id) {
        length = Decimal.digits(id);
        int _ = Decimal.write(digits, 0, id);
        tensEnd = id - id % 10 + 10;
        spelled = id;
    }

    /// Digits that fit into a register, written at once; what runs over the end is written over afterwards.
    private int shortTexts(int firstRow, int count, int from) {
        byte[] to = area;
        int[] ends = end;
        int digitCount = length;
        long ascii = (long) LONGS.get(digits, 0);
        long one = 1L << (8 * (digitCount - 1));
        int at = from;
        for (int row = firstRow; row < firstRow + count; row++) {
            to[at] = 'u';
            LONGS.set(to, at + 1, ascii);
            int second = at + 1 + digitCount;
            to[second] = 'u';
            LONGS.set(to, second + 1, ascii);
            int domain = second + 1 + digitCount;
            LONGS.set(to, domain, DOMAIN);
            at = domain + DOMAIN_BYTES;
            ends[row] = at;
            ascii += one;
        }
        LONGS.set(digits, 0, ascii);
        return at;
    }

    private int longTexts(int firstRow, int count, int from) {
        int at = from;
        for (int row = firstRow; row < firstRow + count; row++) {
            area[at] = 'u';
            System.arraycopy(digits, 0, area, at + 1, length);
            int second = at + 1 + length;
            area[second] = 'u';
            System.arraycopy(digits, 0, area, second + 1, length);
            int domain = second + 1 + length;
            LONGS.set(area, domain, DOMAIN);
            at = domain + DOMAIN_BYTES;
            end[row] = at;
            digits[length - 1]++;
        }
        return at;
    }

    /// Appends the texts of other rows.
    ///
    /// @param row    of the first copy
    /// @param lastId the last one's
    void append(int row, NameTexts other, int from, int count, long lastId) {
        int source = other.offset(from);
        int at = offset(row);
        reserve(at, count, lastId);
        System.arraycopy(other.area, source, area, at, other.end[from + count - 1] - source);
        for (int i = 0; i < count; i++) {
            end[row + i] = other.end[from + i] - source + at;
        }
    }

    private void reserve(int at, int count, long lastId) {
        // Enough for ids however long: their digits need not be counted.
        if (at + (long) count * LONGEST_ROW_BYTES + SLACK <= area.length) {
            return;
        }
        int rowBytes = 2 + DOMAIN_BYTES + 2 * Decimal.digits(lastId);
        int needed = Math.addExact(at, Math.multiplyExact(count, rowBytes)) + SLACK;
        if (needed > area.length) {
            area = Arrays.copyOf(area, Math.max(needed, end.length * rowBytes + SLACK));
        }
    }

    byte[] area() {
        return area;
    }

    /// Where a row's user name begins.
    int offset(int row) {
        return row == 0 ? 0 : end[row - 1];
    }

    /// Bytes of the user name; the email follows it.
    int nameLength(int row) {
        return (end[row] - offset(row) - DOMAIN_BYTES) / 2;
    }

    int emailOffset(int row) {
        return offset(row) + nameLength(row);
    }

    int emailLength(int row) {
        return end[row] - emailOffset(row);
    }

    void poison() {
        Arrays.fill(area, (byte) '#');
    }
}
