package dyno.engine.aggregation;

import java.util.function.LongSupplier;

/// Busy time by part of the work. Used by one thread at a time.
final class Stopwatch {

    /// The phases of an invocation.
    enum Part {
        READ(0, "read"),
        PARSE_LABELS(1, "parseLabels"),
        AGGREGATE(2, "aggregate"),
        MERGE(3, "merge"),
        LOAD(4, "load");

        private final int index;
        private final String phase;

        Part(int index, String phase) {
            this.index = index;
            this.phase = phase;
        }

        int index() {
            return index;
        }

        String phase() {
            return phase;
        }
    }

    private final LongSupplier nanoTime;
    private final long[] nanos = new long[Part.values().length];

    Stopwatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /// Adds the time since `start` to `part`.
    ///
    /// @return now, where the next part starts
    long add(Part part, long start) {
        long end = nanoTime.getAsLong();
        nanos[part.index()] += end - start;
        return end;
    }

    void addNanos(Part part, long elapsed) {
        nanos[part.index()] += elapsed;
    }

    long nanos(Part part) {
        return nanos[part.index()];
    }

    void reset() {
        java.util.Arrays.fill(nanos, 0);
    }
}
