package dyno.engine.generator;

import dyno.engine.generator.Stopwatch.Part;
import java.util.concurrent.Executors;

/// In place, by a thread pool that lives no longer than the call.
final class PoolPerChunkSource implements ChunkSource {

    private final ChunkFiller filler;
    private final Stopwatch stopwatch;

    PoolPerChunkSource(ChunkFiller filler, Stopwatch stopwatch) {
        this.filler = filler;
        this.stopwatch = stopwatch;
    }

    @Override
    public void fill(Destination chunk, long length, long position) throws InterruptedException {
        long start = stopwatch.now();
        // Closing waits for the threads, even where the fill was interrupted.
        try (var pool = Executors.newFixedThreadPool(filler.threads())) {
            start = stopwatch.add(Part.POOL, start);
            filler.fill(chunk, length, position, pool);
            start = stopwatch.add(Part.GENERATE, start);
        }
        stopwatch.add(Part.POOL, start);
    }
}
