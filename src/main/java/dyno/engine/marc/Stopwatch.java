package dyno.engine.marc;

import java.util.function.LongSupplier;

/// Nanoseconds since it was started, which is when it was made. Immutable.
final class Stopwatch {

    private static final LongSupplier NANO_TIME = System::nanoTime;

    private final long start = NANO_TIME.getAsLong();

    long nanos() {
        return NANO_TIME.getAsLong() - start;
    }
}
