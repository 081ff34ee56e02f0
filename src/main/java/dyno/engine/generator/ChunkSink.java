package dyno.engine.generator;

import java.io.IOException;

/// What becomes of one stream's chunks. Used by one thread at a time.
interface ChunkSink extends AutoCloseable {

    /// Has `filler` write to every page of every buffer, with its own threads.
    void touch(ChunkFiller filler) throws InterruptedException;

    /// A pass over the stream begins.
    default void start() throws IOException {}

    /// The buffer for the next chunk.
    Destination next();

    /// The first `length` bytes of `chunk` are filled.
    default void accept(Destination chunk, long length) throws IOException {}

    /// The pass has ended.
    default void finish() throws IOException {}

    @Override
    void close() throws IOException;
}
