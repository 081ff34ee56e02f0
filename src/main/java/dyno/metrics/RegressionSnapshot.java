package dyno.metrics;

import dyno.result.AlertStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/// Regressions that nobody dismissed, asked of the database at most once in a while, however many
/// gauges a scrape reads. Safe for any number of threads.
final class RegressionSnapshot {

    private static final Duration FRESH = Duration.ofSeconds(5);

    /// Longer than a connection attempt takes to give up, so that a scrape waits for one and not for
    /// each gauge.
    private static final Duration FRESH_WHEN_AWAY = Duration.ofSeconds(15);

    private record Taken(Instant until, @Nullable Map<String, Long> counts) {}

    private final AlertStore alerts;
    private final InstantSource clock;
    private Taken taken = new Taken(Instant.MIN, null);

    RegressionSnapshot(AlertStore alerts, InstantSource clock) {
        this.alerts = alerts;
        this.clock = clock;
    }

    /// NaN where the database is away.
    synchronized double regressions(String engine) {
        var now = clock.instant();
        if (!now.isBefore(taken.until())) {
            taken = take(now);
        }
        var counts = taken.counts();
        return counts == null ? Double.NaN : counts.getOrDefault(engine, 0L);
    }

    private Taken take(Instant now) {
        try {
            return new Taken(now.plus(FRESH), alerts.regressions());
        } catch (DataAccessException e) {
            // The gauges say so, as NaN; health complains of the database itself.
            return new Taken(now.plus(FRESH_WHEN_AWAY), null);
        }
    }
}
