package dyno.engine.generator;

import java.io.IOException;

/// One stream of a case: goes over it from its beginning, once an invocation. Used by one thread at a time.
final class StreamPass implements AutoCloseable {

    private final Content content;
    private final int chunkBytes;
    private final ChunkFiller filler;
    private final ChunkSource source;
    private final ChunkSink sink;
    private final ProbeSum probe;
    private final Stopwatch stopwatch;

    /// @param filler, source and sink are closed together with this
    StreamPass(ChunkFiller filler, ChunkSource source, ChunkSink sink, int chunkBytes, Stopwatch stopwatch) {
        this.content = filler.content();
        this.chunkBytes = chunkBytes;
        this.filler = filler;
        this.source = source;
        this.sink = sink;
        this.probe = new ProbeSum(content.length());
        this.stopwatch = stopwatch;
    }

    void run() throws IOException, InterruptedException {
        probe.reset();
        sink.start();
        long length = content.length();
        for (long position = 0; position < length; ) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted between chunks");
            }
            long count = Math.min(chunkBytes, length - position);
            var chunk = sink.next();
            source.fill(chunk, count, position);
            probe.add(chunk, count, position);
            sink.accept(chunk, count);
            position += count;
        }
        sink.finish();
    }

    /// Writes to every buffer once, so that no measured chunk is the first to touch a page.
    void touch() throws InterruptedException {
        sink.touch(filler);
        stopwatch.reset();
    }

    Content content() {
        return content;
    }

    /// Of the last pass.
    long probeSum() {
        return probe.sum();
    }

    Stopwatch stopwatch() {
        return stopwatch;
    }

    ChunkSink sink() {
        return sink;
    }

    @Override
    public void close() throws IOException {
        try (sink;
                source;
                filler) {
            stopwatch.reset();
        }
    }
}
