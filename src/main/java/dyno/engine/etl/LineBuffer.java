package dyno.engine.etl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Canonical JSON in the making: UTF-8, no spaces, fields in the order in which they are appended.
///
/// Grows as it must and is reused. Used by one thread at a time.
final class LineBuffer {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.ISO_8859_1);
    private static final int MOST_DIGITS = 20;
    private static final int MICROS = 1_000_000;

    private byte[] bytes;
    private int length;

    LineBuffer(int capacity) {
        this.bytes = new byte[Math.max(capacity, MOST_DIGITS)];
    }

    /// What was appended since [#clear] stands in here, from index 0; valid until the next append.
    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /// Takes back what was appended behind `newLength`.
    void truncate(int newLength) {
        length = Math.min(length, newLength);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /// Bytes as they are: names of fields, brackets, lines made elsewhere.
    LineBuffer raw(byte[] source) {
        return raw(source, 0, source.length);
    }

    LineBuffer raw(byte[] source, int from, int count) {
        reserve(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
        return this;
    }

    /// One ASCII character.
    LineBuffer raw(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    LineBuffer number(long value) {
        reserve(MOST_DIGITS);
        length = Decimal.write(bytes, length, value);
        return this;
    }

    LineBuffer number(@Nullable Integer value) {
        return value == null ? raw(NULL) : number(value.longValue());
    }

    LineBuffer number(@Nullable Long value) {
        return value == null ? raw(NULL) : number(value.longValue());
    }

    LineBuffer flag(@Nullable Boolean value) {
        return value == null ? raw(NULL) : raw(value ? TRUE : FALSE);
    }

    /// 16 lower-case hex digits in quotes.
    LineBuffer hex(long value) {
        reserve(18);
        bytes[length++] = '"';
        for (int shift = 60; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(int) (value >>> shift) & 15];
        }
        bytes[length++] = '"';
        return this;
    }

    /// Micro-degrees as degrees with exactly six decimals.
    LineBuffer micros(@Nullable Integer value) {
        if (value == null) {
            return raw(NULL);
        }
        reserve(MOST_DIGITS);
        int absolute = Math.abs(value);
        if (value < 0) {
            bytes[length++] = '-';
        }
        length = Decimal.write(bytes, length, absolute / MICROS);
        bytes[length++] = '.';
        int rest = absolute % MICROS;
        for (int digit = 5; digit >= 0; digit--) {
            bytes[length + digit] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += 6;
        return this;
    }

    /// The shortest text that reads back to the same float32, as [Float#toString] gives it.
    LineBuffer decimal(float value) {
        return raw(Float.toString(value).getBytes(StandardCharsets.ISO_8859_1));
    }

    /// UTF-8 text in quotes, escaped; `null` for null.
    LineBuffer text(byte @Nullable [] utf8) {
        return utf8 == null ? raw(NULL) : text(utf8, 0, utf8.length);
    }

    LineBuffer text(byte[] utf8, int from, int count) {
        reserve(count + 2);
        bytes[length++] = '"';
        int plain = from;
        int end = from + count;
        for (int i = from; i < end; i++) {
            byte b = utf8[i];
            // Bytes of characters beyond ASCII are negative and stand for themselves.
            if (b >= 0 && b < ' ' || b == '"' || b == '\\') {
                raw(utf8, plain, i - plain);
                escape(b);
                plain = i + 1;
            }
        }
        raw(utf8, plain, end - plain);
        return raw('"');
    }

    private void escape(byte b) {
        raw('\\');
        switch (b) {
            case '"', '\\' -> raw((char) b);
            case '\b' -> raw('b');
            case '\f' -> raw('f');
            case '\n' -> raw('n');
            case '\r' -> raw('r');
            case '\t' -> raw('t');
            default -> raw('u').raw('0').raw('0').raw((char) HEX[b >> 4]).raw((char) HEX[b & 15]);
        }
    }

    private void reserve(int count) {
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, count)));
        }
    }

    /// For messages and tests.
    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
