package dyno.metrics;

import dyno.job.JobService;
import dyno.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the gauges of the queue show. Safe for any number of threads.
final class QueueSnapshot {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private record Queue(
            Map<JobState, Long> counts, @Nullable Instant oldest) {}

    private final Glimpse<Queue> queue;
    private final InstantSource clock;

    QueueSnapshot(JobService jobs, InstantSource clock) {
        this.queue = new Glimpse<>(
                () -> new Queue(jobs.counts(), jobs.oldestWaiting().orElse(null)), FRESH, clock);
        this.clock = clock;
    }

    /// NaN where the database is away.
    double jobs(JobState state) {
        return queue.answer()
                .map(seen -> (double) seen.counts().getOrDefault(state, 0L))
                .orElse(Double.NaN);
    }

    /// 0 where none waits, NaN where the database is away.
    double oldestAgeSeconds() {
        return queue.answer().map(seen -> ageSeconds(seen.oldest())).orElse(Double.NaN);
    }

    private double ageSeconds(@Nullable Instant oldest) {
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1e3);
    }
}
