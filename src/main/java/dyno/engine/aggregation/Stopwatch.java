package dyno.engine.aggregation;

import java.util.function.LongSupplier;

/// Busy time by part of the work. Used by one thread at a time.
final class Stopwatch {

    /// The phases of an invocation.
    enum Part {
        READ("read"),
        PARSE_LABELS("parseLabels"),
        AGGREGATE("aggregate"),
        MERGE("merge"),
        LOAD("load");

        private final String phase;

        Part(String phase) {
            this.phase = phase;
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
        nanos[part.ordinal()] += end - start;
        return end;
    }

    void addNanos(Part part, long elapsed) {
        nanos[part.ordinal()] += elapsed;
    }

    long nanos(Part part) {
        return nanos[part.ordinal()];
    }

    void reset() {
        java.util.Arrays.fill(nanos, 0);
    }
}
