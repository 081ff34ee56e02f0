package dyno.metrics;

import dyno.job.JobService;
import dyno.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/// What the gauges of the queue show: asked of the database at most once a second, however many gauges a scrape
/// reads, and seldom where the database is away. Safe for any number of threads.
final class QueueSnapshot {

    private static final Duration FRESH = Duration.ofSeconds(1);

    /// Longer than a connection attempt takes to give up, so that a scrape waits for one and not for seven.
    private static final Duration FRESH_WHEN_AWAY = Duration.ofSeconds(15);

    private record Taken(
            Instant until,
            @Nullable Map<JobState, Long> counts,
            @Nullable Instant oldest) {}

    private final JobService jobs;
    private final InstantSource clock;
    private Taken taken = new Taken(Instant.MIN, null, null);

    QueueSnapshot(JobService jobs, InstantSource clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    /// NaN where the database is away.
    double jobs(JobState state) {
        var counts = fresh().counts();
        return counts == null ? Double.NaN : counts.getOrDefault(state, 0L);
    }

    /// 0 where none waits, NaN where the database is away.
    double oldestAgeSeconds() {
        var now = fresh();
        if (now.counts() == null) {
            return Double.NaN;
        }
        return now.oldest() == null
                ? 0
                : Math.max(0, Duration.between(now.oldest(), clock.instant()).toMillis() / 1e3);
    }

    private synchronized Taken fresh() {
        var now = clock.instant();
        if (!now.isBefore(taken.until())) {
            taken = take(now);
        }
        return taken;
    }

    private Taken take(Instant now) {
        try {
            return new Taken(
                    now.plus(FRESH), jobs.counts(), jobs.oldestWaiting().orElse(null));
        } catch (DataAccessException e) {
            // The gauges say so, as NaN; health and submissions complain of the database themselves.
            return new Taken(now.plus(FRESH_WHEN_AWAY), null, null);
        }
    }
}
