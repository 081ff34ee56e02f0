package dyno.engine.generator;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Little-endian words at raw addresses.
///
/// A [MemorySegment] that is handed into a loop is compiled for the kinds of segment that were seen before: a
/// native destination then runs at 12 or 89 GB/s by luck. One constant segment that spans all memory has no such
/// profile. Whoever passes an address has checked the bounds and keeps the memory reachable.
final class NativeBytes {

    /// User-space addresses have at most 56 bits; the mask lets C2 drop the bounds check of [#MEMORY].
    static final long ADDRESS_MASK = (1L << 56) - 1;

    static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    static final MemorySegment MEMORY = allMemory();

    private NativeBytes() {}

    /// Writes the low `count` bytes of `word`, lowest first.
    static void put(long address, long word, int count) {
        long at = address & ADDRESS_MASK;
        for (int i = 0; i < count; i++) {
            MEMORY.set(ValueLayout.JAVA_BYTE, at + i, (byte) (word >>> (i << 3)));
        }
    }

    static void zero(long address, int length) {
        MEMORY.asSlice(address & ADDRESS_MASK, length).fill((byte) 0);
    }

    /// Copies from an array to an address.
    static void copy(byte[] source, int from, long address, int length) {
        MemorySegment.copy(source, from, MEMORY, ValueLayout.JAVA_BYTE, address & ADDRESS_MASK, length);
    }

    @SuppressWarnings("restricted")
    private static MemorySegment allMemory() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }
}
