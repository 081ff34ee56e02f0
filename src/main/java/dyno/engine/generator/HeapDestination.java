package dyno.engine.generator;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;

/// A byte array or a part of one.
final class HeapDestination implements Destination {

    private final byte[] array;
    private final int base;
    private final int length;

    /// @param base   index of the first byte
    /// @param length how many
    HeapDestination(byte[] array, int base, int length) {
        Objects.checkFromIndexSize(base, length, array.length);
        this.array = array;
        this.base = base;
        this.length = length;
    }

    HeapDestination(int length) {
        this(new byte[length], 0, length);
    }

    byte[] array() {
        return array;
    }

    @Override
    public long bytes() {
        return length;
    }

    // Positions lie within an array, so they fit an int.

    @Override
    public void random(RandomWords words, long at, int length, Run run) {
        words.toHeap(array, base + (int) at, length, run);
    }

    @Override
    public void zero(long at, int length) {
        int from = base + (int) at;
        Arrays.fill(array, from, from + length, (byte) 0);
    }

    @Override
    public void copyFrom(Destination source, long length) {
        var heap = (HeapDestination) source;
        System.arraycopy(heap.array, heap.base, array, base, (int) length);
    }

    @Override
    public byte read(long at) {
        return array[base + (int) at];
    }

    @Override
    public MemorySegment view(long at, long length) {
        return MemorySegment.ofArray(array).asSlice(base + at, length);
    }
}
