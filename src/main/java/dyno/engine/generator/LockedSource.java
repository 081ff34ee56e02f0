package dyno.engine.generator;

import dyno.engine.generator.Stopwatch.Part;
import java.util.concurrent.locks.ReentrantLock;

/// The whole call under one lock that all generators of the process share.
final class LockedSource implements ChunkSource {

    /// What is measured is a lock of the process, as an interpreter has one.
    private static final ReentrantLock PROCESS_WIDE = new ReentrantLock();

    private final ChunkSource source;
    private final Stopwatch stopwatch;

    LockedSource(ChunkSource source, Stopwatch stopwatch) {
        this.source = source;
        this.stopwatch = stopwatch;
    }

    @Override
    public void fill(Destination chunk, long length, long position) throws InterruptedException {
        long start = stopwatch.now();
        PROCESS_WIDE.lockInterruptibly();
        try {
            stopwatch.add(Part.LOCK, start);
            source.fill(chunk, length, position);
        } finally {
            PROCESS_WIDE.unlock();
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
