package dyno.engine.generator;

import dyno.engine.generator.Stopwatch.Part;

/// Into a temporary that is allocated in the call and dropped, then copied by the caller's thread alone.
final class FreshTemporarySource implements ChunkSource {

    private final ChunkSource source;
    private final BufferKind kind;
    private final Stopwatch stopwatch;

    FreshTemporarySource(ChunkSource source, BufferKind kind, Stopwatch stopwatch) {
        this.source = source;
        this.kind = kind;
        this.stopwatch = stopwatch;
    }

    @Override
    public void fill(Destination chunk, long length, long position) throws InterruptedException {
        long start = stopwatch.now();
        // A chunk is at most 2^30 bytes.
        var temporary = ChunkBuffers.allocateTemporary(kind, Math.toIntExact(length));
        stopwatch.add(Part.ALLOCATE, start);
        try {
            source.fill(temporary.first(), length, position);
            start = stopwatch.now();
            chunk.copyFrom(temporary.first(), length);
            start = stopwatch.add(Part.COPY, start);
        } finally {
            temporary.close();
        }
        stopwatch.add(Part.ALLOCATE, start);
    }
}
