package dyno.engine.generator;

/// Leaves chunks where they are until the ring of buffers comes around; with one buffer, until the next chunk.
final class BufferSink implements ChunkSink {

    private final ChunkBuffers ring;
    private int next;

    BufferSink(ChunkBuffers ring) {
        this.ring = ring;
    }

    @Override
    public void touch(ChunkFiller filler) throws InterruptedException {
        for (int i = 0; i < ring.count(); i++) {
            filler.touch(ring.get(i));
        }
    }

    @Override
    public void start() {
        next = 0;
    }

    @Override
    public Destination next() {
        var buffer = ring.get(next);
        next = next + 1 == ring.count() ? 0 : next + 1;
        return buffer;
    }

    @Override
    public void close() {
        ring.close();
    }
}
