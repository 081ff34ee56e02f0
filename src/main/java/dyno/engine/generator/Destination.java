package dyno.engine.generator;

import java.lang.foreign.MemorySegment;

/// Memory that chunks are made in. Positions are relative to its beginning and were checked by the caller.
sealed interface Destination permits HeapDestination, NativeDestination {

    long bytes();

    /// Writes the `length` random bytes that begin at `run`.
    void random(RandomWords words, long at, int length, Run run);

    void zero(long at, int length);

    /// Copies the first `length` bytes of `source`, which is of the same kind, to the beginning.
    void copyFrom(Destination source, long length);

    byte read(long at);

    /// A view of a part, for sinks, digests and checks.
    MemorySegment view(long at, long length);
}
