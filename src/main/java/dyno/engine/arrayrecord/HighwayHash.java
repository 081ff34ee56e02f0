package dyno.engine.arrayrecord;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/// HighwayHash with 64 bits of result, under the key that Riegeli files are hashed with.
///
/// Stateless, allocates nothing. Benchmark: `HighwayHashBenchmark`.
///
/// @see <a href="https://github.com/google/highwayhash">google/highwayhash</a>
public final class HighwayHash {

    /// `Riegeli/` and `records\n`, twice.
    private static final long KEY_A = 0x2f696c6567656952L;

    private static final long KEY_B = 0x0a7364726f636572L;

    private static final int PACKET_BYTES = 32;
    private static final int FINAL_PACKETS = 4;
    private static final long LOW = 0xffffffffL;
    private static final long SIXTH_BYTE = 0xffL << 40;

    /// Whether [Long#expand] is one instruction: so on x86 since 2013, where the JVM knows it. Elsewhere it is a loop,
    /// ten times as slow as shifts. Measured: 1.3 to 1.45 times the throughput at every length.
    private static final boolean HAS_DEPOSIT = System.getProperty("os.arch", "").equals("amd64");

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// The hash of a range of bytes under the format's key.
    ///
    /// @throws IndexOutOfBoundsException where the range is not within `bytes`
    public static long hash(byte[] bytes, int from, int length) {
        return hash(bytes, from, length, KEY_A, KEY_B, KEY_A, KEY_B);
    }

    /// The same under any key of four words.
    ///
    /// One loop takes whole packets, then the tail's packet, then the final ones: the sixteen words of state are
    /// locals, and locals cannot be handed to a method that changes them.
    static long hash(byte[] bytes, int from, int length, long keyA, long keyB, long keyC, long keyD) {
        Objects.checkFromIndexSize(from, length, bytes.length);
        long m0a = 0xdbe6d5d5fe4cce2fL;
        long m0b = 0xa4093822299f31d0L;
        long m0c = 0x13198a2e03707344L;
        long m0d = 0x243f6a8885a308d3L;
        long m1a = 0x3bd39e10cb0ef593L;
        long m1b = 0xc0acf169b5f18a8cL;
        long m1c = 0xbe5466cf34e90c6cL;
        long m1d = 0x452821e638d01377L;
        long v0a = m0a ^ keyA;
        long v0b = m0b ^ keyB;
        long v0c = m0c ^ keyC;
        long v0d = m0d ^ keyD;
        long v1a = m1a ^ Long.rotateLeft(keyA, 32);
        long v1b = m1b ^ Long.rotateLeft(keyB, 32);
        long v1c = m1c ^ Long.rotateLeft(keyC, 32);
        long v1d = m1d ^ Long.rotateLeft(keyD, 32);
        int pos = from;
        int end = from + length;
        int finals = 0;
        while (true) {
            long a;
            long b;
            long c;
            long d;
            int left = end - pos;
            if (left >= PACKET_BYTES) {
                a = (long) LONG.get(bytes, pos);
                b = (long) LONG.get(bytes, pos + 8);
                c = (long) LONG.get(bytes, pos + 16);
                d = (long) LONG.get(bytes, pos + 24);
                pos += PACKET_BYTES;
            } else if (left > 0) {
                long addend = ((long) left << 32) + left;
                v0a += addend;
                v0b += addend;
                v0c += addend;
                v0d += addend;
                v1a = rotateHalves(v1a, left);
                v1b = rotateHalves(v1b, left);
                v1c = rotateHalves(v1c, left);
                v1d = rotateHalves(v1d, left);
                int whole = left & ~3;
                a = word(bytes, pos, whole);
                b = word(bytes, pos + 8, whole - 8);
                c = word(bytes, pos + 16, whole - 16) | scattered(bytes, pos, left);
                d = word(bytes, pos + 24, whole - 24) | lastFour(bytes, pos, left);
                pos = end;
            } else if (finals < FINAL_PACKETS) {
                a = Long.rotateLeft(v0c, 32);
                b = Long.rotateLeft(v0d, 32);
                c = Long.rotateLeft(v0a, 32);
                d = Long.rotateLeft(v0b, 32);
                finals++;
            } else {
                return v0a + v1a + m0a + m1a;
            }
            v1a += m0a + a;
            v1b += m0b + b;
            v1c += m0c + c;
            v1d += m0d + d;
            m0a ^= (v1a & LOW) * (v0a >>> 32);
            m0b ^= (v1b & LOW) * (v0b >>> 32);
            m0c ^= (v1c & LOW) * (v0c >>> 32);
            m0d ^= (v1d & LOW) * (v0d >>> 32);
            v0a += m1a;
            v0b += m1b;
            v0c += m1c;
            v0d += m1d;
            m1a ^= (v0a & LOW) * (v1a >>> 32);
            m1b ^= (v0b & LOW) * (v1b >>> 32);
            m1c ^= (v0c & LOW) * (v1c >>> 32);
            m1d ^= (v0d & LOW) * (v1d >>> 32);
            v0a += zipEven(v1b, v1a);
            v0b += zipOdd(v1b, v1a);
            v0c += zipEven(v1d, v1c);
            v0d += zipOdd(v1d, v1c);
            v1a += zipEven(v0b, v0a);
            v1b += zipOdd(v0b, v0a);
            v1c += zipEven(v0d, v0c);
            v1d += zipOdd(v0d, v0c);
        }
    }

    /// Bytes 3, 12, 2, 5, 14, 1, 15, 0 of the sixteen of `low` and then `high`, least significant first.
    private static long zipEven(long high, long low) {
        return HAS_DEPOSIT ? depositedEven(high, low) : shiftedEven(high, low);
    }

    /// Bytes 11, 4, 10, 13, 9, 6, 8, 7 of the sixteen, least significant first.
    private static long zipOdd(long high, long low) {
        return HAS_DEPOSIT ? depositedOdd(high, low) : shiftedOdd(high, low);
    }

    /// Each word gives four bytes in their order, or in the opposite one, to places that ascend: two instructions
    /// deposit them all. The byte that is out of order is put among the other word's first.
    static long depositedEven(long high, long low) {
        long ascending = ((high & ~SIXTH_BYTE) | (low & SIXTH_BYTE)) >>> 32;
        return Long.expand(Long.reverseBytes(low) >>> 32, 0xff00ff0000ff00ffL)
                | Long.expand(ascending, 0x00ff00ffff00ff00L);
    }

    static long depositedOdd(long high, long low) {
        long ascending = ((low & ~SIXTH_BYTE) | (high & SIXTH_BYTE)) >>> 32;
        return Long.expand(Long.reverseBytes(high) >>> 32, 0x00ff00ff00ff00ffL)
                | Long.expand(ascending, 0xff00ff00ff00ff00L);
    }

    /// The same for processors that cannot deposit: in halves of 32 bits, whose masks instructions can hold.
    static long shiftedEven(long high, long low) {
        int h = (int) (high >>> 32);
        int l = (int) low;
        int upper = ((h >>> 16) & 0xff) | (l & 0xff00) | ((h >>> 8) & 0xff0000) | (l << 24);
        int lower = (l >>> 24) | ((h & 0xff) << 8) | (l & 0xff0000) | ((int) (low >>> 16) & 0xff000000);
        return ((long) upper << 32) | (lower & LOW);
    }

    static long shiftedOdd(long high, long low) {
        int h = (int) high;
        int l = (int) (low >>> 32);
        int upper = ((h >>> 8) & 0xff) | ((l >>> 8) & 0xff00) | ((h & 0xff) << 16) | (l & 0xff000000);
        int lower = (h >>> 24) | ((l & 0xff) << 8) | (h & 0xff0000) | ((int) (high >>> 16) & 0xff000000);
        return ((long) upper << 32) | (lower & LOW);
    }

    private static long rotateHalves(long value, int bits) {
        return ((long) Integer.rotateLeft((int) (value >>> 32), bits) << 32)
                | (Integer.rotateLeft((int) value, bits) & LOW);
    }

    /// Up to eight bytes from `pos`, least significant first; none where `count` is not positive.
    private static long word(byte[] bytes, int pos, int count) {
        long word = 0;
        for (int i = Math.min(count, 8) - 1; i >= 0; i--) {
            word = (word << 8) | (bytes[pos + i] & 0xff);
        }
        return word;
    }

    /// Bytes 16 to 18 of the packet of a tail that is shorter than 16: of the one to three bytes past the last
    /// whole four the first, the middle and the last one.
    private static long scattered(byte[] bytes, int pos, int left) {
        int rest = left & 3;
        if (left >= 16 || rest == 0) {
            return 0;
        }
        int at = pos + (left & ~3);
        return (bytes[at] & 0xffL) | ((bytes[at + (rest >> 1)] & 0xffL) << 8) | ((bytes[at + rest - 1] & 0xffL) << 16);
    }

    /// Bytes 28 to 31 of the packet of a tail of at least 16: its last four.
    private static long lastFour(byte[] bytes, int pos, int left) {
        return left < 16 ? 0 : word(bytes, pos + left - 4, 4) << 32;
    }

    private HighwayHash() {}
}
