package dyno.engine.marc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Bytes of ISO 2709, eight at a time where that is faster (`MarcReadBenchmark`): digits, delimiters, ASCII.
final class Bytes {

    static final byte RECORD_TERMINATOR = 0x1D;
    static final byte FIELD_TERMINATOR = 0x1E;
    static final byte DELIMITER = 0x1F;
    static final byte ESCAPE = 0x1B;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LITTLE_INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    static final long ONES = 0x0101010101010101L;
    static final long HIGH_BITS = 0x8080808080808080L;

    static final long ZERO_DIGITS = 0x3030303030303030L;

    /// 10 and more reach the high bit when this is added, 9 does not.
    static final long UP_TO_HIGH_BIT = 0x7676767676767676L;

    private Bytes() {}

    /// Eight bytes, the first in the lowest byte of the result.
    static long longAt(byte[] data, int index) {
        return (long) LONGS.get(data, index);
    }

    static void putLong(byte[] data, int index, long value) {
        LONGS.set(data, index, value);
    }

    /// Four bytes, the first in the highest byte of the result.
    static int intAt(byte[] data, int index) {
        return (int) INTS.get(data, index);
    }

    /// Four bytes, the first in the lowest byte of the result.
    static int littleIntAt(byte[] data, int index) {
        return (int) LITTLE_INTS.get(data, index);
    }

    /// Marks bytes above 9 in their high bit, where `digits` are digits less `0`. Bits above the lowest marked
    /// byte may be wrong, whether there is any is not.
    static long aboveNine(long digits) {
        return digits | (digits + UP_TO_HIGH_BIT);
    }

    /// Marks characters of a tag that are no digits, in the high bit of their byte.
    static int oddDigits(int tag) {
        int digits = tag ^ 0x303030;
        return digits | (digits + 0x767676);
    }

    /// The number that `count` digits spell, at most 9 of them; -1 where one is not a digit.
    static int number(byte[] data, int from, int count) {
        int value = 0;
        int invalid = 0;
        for (int i = from; i < from + count; i++) {
            int digit = data[i] - '0';
            invalid |= digit | (9 - digit);
            value = value * 10 + digit;
        }
        return invalid < 0 ? -1 : value;
    }

    /// High bit of each byte that equals the byte of which `pattern` is eight copies. Exact for the lowest such
    /// byte; bytes above it may be marked wrongly.
    static long equalTo(long eight, long pattern) {
        long x = eight ^ pattern;
        return (x - ONES) & ~x & HIGH_BITS;
    }

    /// High bit of each byte below `bound` (at most 0x80), of which `bounds` is eight copies. Exact for the
    /// lowest such byte.
    static long below(long eight, long bounds) {
        return (eight - bounds) & ~eight & HIGH_BITS;
    }

    /// Index of the first `value` in `from` to `to`, exclusive; `to` where there is none.
    static int indexOf(byte[] data, int from, int to, byte value) {
        long pattern = (value & 0xFF) * ONES;
        int i = from;
        for (int last = to - 8; i <= last; i += 8) {
            long found = equalTo(longAt(data, i), pattern);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < to && data[i] != value) {
            i++;
        }
        return i;
    }

    /// Whether no byte in `from` to `to`, exclusive, is above 0x7F.
    static boolean isAscii(byte[] data, int from, int to) {
        long all = 0;
        int i = from;
        for (int last = to - 8; i <= last; i += 8) {
            all |= longAt(data, i);
        }
        for (; i < to; i++) {
            // Sign extension carries the high bit of a byte to that of the long.
            all |= data[i];
        }
        return (all & HIGH_BITS) == 0;
    }

    static boolean isPadding(byte b) {
        return switch (b) {
            case 0x00, 0x09, 0x0A, 0x0D, 0x1A, 0x20 -> true;
            default -> false;
        };
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    static boolean isTagByte(byte b) {
        return isDigit(b) || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
    }

    /// Whether fields with the tag (24 bits, big-endian) hold one bare value: `00x`.
    static boolean isControl(int tag) {
        return tag >>> 8 == 0x3030;
    }

    /// The three characters of a tag.
    static String tag(int tag) {
        return new String(new char[] {(char) (tag >>> 16 & 0xFF), (char) (tag >>> 8 & 0xFF), (char) (tag & 0xFF)});
    }
}
