package dyno.engine.etl;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Builds the lines of what is loaded, and adds up their hashes.
final class DigestSink implements EtlSink {

    private final List<Digesting> loaders = new CopyOnWriteArrayList<>();

    @Override
    public Loader open(int pipeline, int worker) {
        var loader = new Digesting();
        loaders.add(loader);
        return loader;
    }

    /// Of all loaders; after their pipelines have ended.
    LineTotals totals() {
        var totals = LineTotals.NONE;
        for (var loader : loaders) {
            totals = totals.plus(new LineTotals(loader.count, loader.sum, loader.xor));
        }
        return totals;
    }

    @Override
    public @Nullable String disagreement(Expected expected) {
        var lines = expected.lines();
        return lines == null || lines.equals(totals()) ? null : "%s instead of %s".formatted(totals(), lines);
    }

    @Override
    public void close() {}

    private static final class Digesting implements Loader {

        private final LineBuffer line = new LineBuffer(512);
        private long count;
        private long sum;
        private long xor;

        @Override
        public void load(Load load) {
            for (int row = load.fromRow(); row < load.toRow(); row++) {
                line.clear();
                load.results().appendLine(row, line);
                long hash = LineTotals.hash(line.array(), 0, line.length());
                count++;
                sum += hash;
                xor ^= hash;
            }
        }

        @Override
        public void close() {}
    }
}
