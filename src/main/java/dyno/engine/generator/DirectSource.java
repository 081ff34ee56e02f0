package dyno.engine.generator;

import dyno.engine.generator.Stopwatch.Part;

/// In place, by kept workers.
final class DirectSource implements ChunkSource {

    private final ChunkFiller filler;
    private final Stopwatch stopwatch;

    DirectSource(ChunkFiller filler, Stopwatch stopwatch) {
        this.filler = filler;
        this.stopwatch = stopwatch;
    }

    @Override
    public void fill(Destination chunk, long length, long position) throws InterruptedException {
        long start = stopwatch.now();
        filler.fill(chunk, length, position);
        stopwatch.add(Part.GENERATE, start);
    }
}
