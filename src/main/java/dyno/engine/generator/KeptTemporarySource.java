package dyno.engine.generator;

import dyno.engine.generator.Stopwatch.Part;

/// Into a temporary that is kept, then copied by the caller's thread alone.
final class KeptTemporarySource implements ChunkSource {

    private final ChunkSource source;
    private final ChunkBuffers temporary;
    private final Stopwatch stopwatch;

    KeptTemporarySource(ChunkSource source, ChunkBuffers temporary, Stopwatch stopwatch) {
        this.source = source;
        this.temporary = temporary;
        this.stopwatch = stopwatch;
    }

    @Override
    public void fill(Destination chunk, long length, long position) throws InterruptedException {
        source.fill(temporary.first(), length, position);
        long start = stopwatch.now();
        chunk.copyFrom(temporary.first(), length);
        stopwatch.add(Part.COPY, start);
    }

    @Override
    public void close() {
        temporary.close();
    }
}
