package dyno.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;

/// What the database says, asked at most once in a while, however many gauges a scrape reads, and seldom where it is
/// away. Safe for any number of threads.
final class Glimpse<T> {

    /// Longer than a connection attempt takes to give up, so that a scrape waits for one and not for several.
    private static final Duration FRESH_WHEN_AWAY = Duration.ofSeconds(15);

    private final Supplier<T> question;
    private final Duration fresh;
    private final InstantSource clock;
    private Optional<T> answer = Optional.empty();
    private Instant asked = Instant.MIN;
    private Instant until = Instant.MIN;

    /// @param fresh how long an answer holds
    Glimpse(Supplier<T> question, Duration fresh, InstantSource clock) {
        this.question = question;
        this.fresh = fresh;
        this.clock = clock;
    }

    /// Empty where the database is away.
    synchronized Optional<T> answer() {
        var now = clock.instant();
        // A clock that was ahead must not make an answer last.
        if (!now.isBefore(until) || now.isBefore(asked)) {
            asked = now;
            ask(now);
        }
        return answer;
    }

    private void ask(Instant now) {
        try {
            answer = Optional.of(question.get());
            until = now.plus(fresh);
        } catch (DataAccessException e) {
            // Gauges say so, as NaN; health and submissions complain of the database themselves.
            answer = Optional.empty();
            until = now.plus(FRESH_WHEN_AWAY);
        }
    }
}
