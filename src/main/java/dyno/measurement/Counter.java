package dyno.measurement;

import dyno.engine.Metrics;
import org.jspecify.annotations.Nullable;

/// Adds up how much a growing figure grew while a meter ran.
///
/// Used by one thread at a time.
final class Counter {

    /// Where the figure comes from.
    @FunctionalInterface
    interface Source {

        /// @throws Unreadable where this machine does not tell
        long read() throws Unreadable;
    }

    /// Divisor of figures that are counts: they stay whole numbers.
    static final long COUNT = 1;

    private final String name;
    private final long perUnit;
    private final Source source;
    private long started;
    private long sum;
    private @Nullable String reason;

    /// @param name    the resource
    /// @param perUnit how many of the source's units make one of the resource's; [#COUNT] for whole numbers
    Counter(String name, long perUnit, Source source) {
        this.name = name;
        this.perUnit = perUnit;
        this.source = source;
    }

    void resume() {
        if (reason == null) {
            started = readOrGiveUp();
        }
    }

    void pause() {
        if (reason == null) {
            long now = readOrGiveUp();
            sum += now - started;
        }
    }

    void report(Metrics metrics) {
        if (reason != null) {
            metrics.absent(name, reason);
        } else if (perUnit == COUNT) {
            metrics.put(name, sum);
        } else {
            metrics.put(name, (double) sum / perUnit);
        }
    }

    /// One failed reading spoils the sum, so the first reason stays.
    private long readOrGiveUp() {
        try {
            return source.read();
        } catch (Unreadable e) {
            reason = e.reason();
            return started;
        }
    }
}
