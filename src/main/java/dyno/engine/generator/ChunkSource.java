package dyno.engine.generator;

/// What a caller asks for its next chunk: one fill call. Used by one thread at a time.
interface ChunkSource extends AutoCloseable {

    /// Writes the bytes `position … position + length - 1` of the stream to the beginning of `chunk`.
    void fill(Destination chunk, long length, long position) throws InterruptedException;

    @Override
    default void close() {}

    /// The mode's way. Parts of the work are nested: LEGACY is all of them at once.
    static ChunkSource of(Mode mode, ChunkFiller filler, BufferKind buffer, int chunkBytes, Stopwatch stopwatch) {
        ChunkSource source = mode.hasPoolPerChunk()
                ? new PoolPerChunkSource(filler, stopwatch)
                : new DirectSource(filler, stopwatch);
        if (mode.hasTemporary()) {
            source = mode.hasFreshTemporary()
                    ? new FreshTemporarySource(source, buffer, stopwatch)
                    : new KeptTemporarySource(source, ChunkBuffers.allocate(buffer, 1, chunkBytes), stopwatch);
        }
        return mode.isLocked() ? new LockedSource(source, stopwatch) : source;
    }
}
