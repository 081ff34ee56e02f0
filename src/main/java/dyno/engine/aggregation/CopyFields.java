package dyno.engine.aggregation;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Values in PostgreSQL's binary COPY format. Used by one thread at a time.
///
/// ```text
///  "PGCOPY\n\xFF\r\n\0" │ int32 flags 0 │ int32 extension 0 │ rows … │ int16 -1
///  row:   int16 columns, per value int32 length (-1 = null) and bytes
///  numeric: int16 groups, weight, sign, display scale, then groups of four decimal digits
/// ```
///
/// @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, binary format</a>
final class CopyFields {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int NULL = -1;
    private static final int EPOCH_2000 = 10_957;
    private static final int BASE = 10_000;
    private static final int SCALE = 6;
    private static final short NEGATIVE = 0x4000;
    private static final int NUMERIC_HEADER = 8;

    private byte[] bytes;
    private int length;
    /// Groups of a numeric, the last first.
    private final int[] groups = new int[8];

    CopyFields(int capacity) {
        this.bytes = new byte[capacity];
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    void header() {
        raw(SIGNATURE);
        int32(0);
        int32(0);
    }

    void row(int columns) {
        int16(columns);
    }

    void trailer() {
        int16(-1);
    }

    void nothing() {
        int32(NULL);
    }

    void integer(int value) {
        int32(4);
        int32(value);
    }

    /// @param epochDay days since 1970
    void date(int epochDay) {
        integer(epochDay - EPOCH_2000);
    }

    void text(byte[] utf8) {
        int32(utf8.length);
        raw(utf8);
    }

    void text(String text) {
        text(text.getBytes(StandardCharsets.UTF_8));
    }

    void jsonb(byte[] utf8) {
        jsonb(utf8, 0, utf8.length);
    }

    void jsonb(byte[] block, int from, int count) {
        int32(count + 1);
        int8(1);
        raw(block, from, count);
    }

    void uuid(java.util.UUID uuid) {
        int32(16);
        int64(uuid.getMostSignificantBits());
        int64(uuid.getLeastSignificantBits());
    }

    /// A count of millionths. Two digits of the last group are below the sixth decimal and always 0.
    void numeric(long micros) {
        long magnitude = Math.abs(micros);
        int count = 0;
        // Millionths to 10^-8: the last group holds the last two decimals and two zeros.
        groups[count++] = (int) (magnitude % 100) * 100;
        long rest = magnitude / 100;
        while (rest > 0) {
            groups[count++] = (int) (rest % BASE);
            rest /= BASE;
        }
        numeric(count, micros < 0);
    }

    /// As [#numeric(long)], of up to 24 digits.
    void numeric(BigInteger micros) {
        var magnitude = micros.abs();
        int count = 0;
        var hundred = BigInteger.valueOf(100);
        var base = BigInteger.valueOf(BASE);
        groups[count++] = magnitude.mod(hundred).intValue() * 100;
        var rest = magnitude.divide(hundred);
        while (rest.signum() > 0) {
            var parts = rest.divideAndRemainder(base);
            groups[count++] = parts[1].intValue();
            rest = parts[0];
        }
        numeric(count, micros.signum() < 0);
    }

    /// Writes `groups` without the zero groups at either end. The first written has the weight of the highest.
    private void numeric(int found, boolean isNegative) {
        int high = found;
        while (high > 0 && groups[high - 1] == 0) {
            high--;
        }
        int low = 0;
        while (low < high && groups[low] == 0) {
            low++;
        }
        int count = high - low;
        int32(NUMERIC_HEADER + 2 * count);
        int16(count);
        // Groups 0 and 1 are after the point, so group g has the weight g - 2.
        int16(count == 0 ? 0 : high - 3);
        int16(isNegative && count > 0 ? NEGATIVE : 0);
        int16(SCALE);
        for (int i = high - 1; i >= low; i--) {
            int16(groups[i]);
        }
    }

    private void int8(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    private void int16(int value) {
        ensure(2);
        bytes[length] = (byte) (value >> 8);
        bytes[length + 1] = (byte) value;
        length += 2;
    }

    private void int32(int value) {
        ensure(4);
        bytes[length] = (byte) (value >> 24);
        bytes[length + 1] = (byte) (value >> 16);
        bytes[length + 2] = (byte) (value >> 8);
        bytes[length + 3] = (byte) value;
        length += 4;
    }

    private void int64(long value) {
        int32((int) (value >> 32));
        int32((int) value);
    }

    private void raw(byte[] source) {
        raw(source, 0, source.length);
    }

    private void raw(byte[] source, int from, int count) {
        ensure(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
        }
    }
}
