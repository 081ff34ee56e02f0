package dyno.engine.generator;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/// Adds up what one stream's time went into. Used by one thread at a time.
final class Stopwatch {

    /// Parts of an invocation, in the order of the work.
    enum Part {
        LOCK,
        ALLOCATE,
        POOL,
        GENERATE,
        COPY,
        WRITE,
        SYNC;

        /// As results show it.
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final LongSupplier nanoTime;
    /// A one-element array each, so that adding allocates nothing.
    private final Map<Part, long[]> nanos = new EnumMap<>(Part.class);

    Stopwatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        for (var part : Part.values()) {
            nanos.put(part, new long[1]);
        }
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /// Adds the time since `start` to `part`.
    ///
    /// @return now, where the next part starts
    long add(Part part, long start) {
        long end = nanoTime.getAsLong();
        total(part)[0] += end - start;
        return end;
    }

    long nanos(Part part) {
        return total(part)[0];
    }

    void reset() {
        nanos.values().forEach(total -> total[0] = 0);
    }

    private long[] total(Part part) {
        return Objects.requireNonNull(nanos.get(part));
    }
}
