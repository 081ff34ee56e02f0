package dyno.job;

import java.time.Duration;
import java.time.Instant;

/// A time in which something is let be. It ends as well where the clock is set back to before it began: a
/// clock that was ahead must not put anything off for as long as it was.
record Rest(Instant from, Instant until) {

    /// Nothing is let be.
    static final Rest OVER = new Rest(Instant.MIN, Instant.MIN);

    static Rest of(Duration time, Instant now) {
        return new Rest(now, now.plus(time));
    }

    boolean isOver(Instant now) {
        return now.isBefore(from) || now.isAfter(until);
    }
}
