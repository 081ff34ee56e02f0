package dyno.metrics;

import dyno.webhook.WebhookService;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.dao.DataAccessException;

/// Deliveries that wait, asked of the database at most once in a while. Safe for any number of threads.
final class WebhookSnapshot {

    private static final Duration FRESH = Duration.ofSeconds(5);

    /// Longer than a connection attempt takes to give up.
    private static final Duration FRESH_WHEN_AWAY = Duration.ofSeconds(15);

    private record Taken(Instant until, double waiting) {}

    private final WebhookService webhooks;
    private final InstantSource clock;
    private Taken taken = new Taken(Instant.MIN, Double.NaN);

    WebhookSnapshot(WebhookService webhooks, InstantSource clock) {
        this.webhooks = webhooks;
        this.clock = clock;
    }

    /// NaN where the database is away.
    synchronized double waiting() {
        var now = clock.instant();
        if (!now.isBefore(taken.until())) {
            taken = take(now);
        }
        return taken.waiting();
    }

    private Taken take(Instant now) {
        try {
            return new Taken(now.plus(FRESH), webhooks.waiting());
        } catch (DataAccessException e) {
            // The gauge says so, as NaN; health complains of the database itself.
            return new Taken(now.plus(FRESH_WHEN_AWAY), Double.NaN);
        }
    }
}
