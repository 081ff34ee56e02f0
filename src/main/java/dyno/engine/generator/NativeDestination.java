package dyno.engine.generator;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Memory outside the heap. The segment's arena belongs to whoever made the destination.
final class NativeDestination implements Destination {

    private final MemorySegment segment;
    private final long address;

    NativeDestination(MemorySegment segment) {
        if (!segment.isNative()) {
            throw new IllegalArgumentException("The segment lies in the heap");
        }
        this.segment = segment;
        this.address = segment.address();
    }

    @Override
    public long bytes() {
        return segment.byteSize();
    }

    @Override
    public void random(RandomWords words, long at, int length, Run run) {
        words.toNative(address + at, length, run);
    }

    @Override
    public void zero(long at, int length) {
        NativeBytes.zero(address + at, length);
    }

    @Override
    public void copyFrom(Destination source, long length) {
        MemorySegment.copy(((NativeDestination) source).segment, 0, segment, 0, length);
    }

    @Override
    public byte read(long at) {
        return segment.get(ValueLayout.JAVA_BYTE, at);
    }

    @Override
    public MemorySegment view(long at, long length) {
        return segment.asSlice(at, length);
    }
}
