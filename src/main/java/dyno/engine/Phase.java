package dyno.engine;

import org.jspecify.annotations.Nullable;

/// A named share of an invocation's time.
///
/// @param name          as the engine's specification names it
/// @param seconds       per invocation; null where the strategy cannot tell
/// @param clock         see [Clock]
/// @param secondsReason why `seconds` is null; null otherwise
public record Phase(
        String name,
        @Nullable Double seconds,
        Clock clock,
        @Nullable String secondsReason) {

    public enum Clock {
        /// Busy seconds of parallel workers, summed and divided by their number.
        WALL,
        /// Busy seconds of parallel workers, summed.
        CPU
    }

    public static Phase of(String name, double seconds, Clock clock) {
        return new Phase(name, seconds, clock, null);
    }

    public static Phase unknown(String name, Clock clock, String reason) {
        return new Phase(name, null, clock, reason);
    }
}
