package dyno.engine.aggregation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Hashes of byte texts, eight bytes at a time. Stateless.
final class TextHash {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private TextHash() {}

    static int of(byte[] bytes, int from, int length) {
        long hash = length * MULTIPLIER;
        int pos = from;
        int end = from + length;
        for (; pos + 8 <= end; pos += 8) {
            hash = Long.rotateLeft((hash ^ (long) LONGS.get(bytes, pos)) * MULTIPLIER, 29);
        }
        long rest = 0;
        for (; pos < end; pos++) {
            rest = rest << 8 | (bytes[pos] & 0xFF);
        }
        return folded((hash ^ rest) * MULTIPLIER);
    }

    static int folded(long hash) {
        long mixed = (hash ^ hash >>> 32) * MULTIPLIER;
        return (int) (mixed ^ mixed >>> 32);
    }
}
