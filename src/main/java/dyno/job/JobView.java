package dyno.job;

import dyno.engine.Warning;
import dyno.result.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A job as the API shows it.
///
/// @param queuePosition 1 for the head of the queue; null unless `QUEUED`
public record JobView(
        UUID id,
        String engine,
        JobState state,
        @Nullable Integer queuePosition,
        int cases,
        long estimatedSeconds,
        List<Warning> warnings,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        int attempt,
        @Nullable String worker,
        @Nullable Progress progress,
        @Nullable UUID runId,
        @Nullable Failure failure,
        Map<String, @Nullable Object> spec) {

    /// @param positions of all waiting jobs
    static JobView of(Job job, Map<UUID, Integer> positions) {
        return new JobView(
                job.id(),
                job.engine(),
                job.state(),
                // A job that was claimed between the two questions has no place any more.
                job.state() == JobState.QUEUED ? positions.get(job.id()) : null,
                job.cases(),
                job.estimatedSeconds(),
                job.warnings(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.attempt(),
                job.worker(),
                job.progress(),
                job.runId(),
                job.failure(),
                job.spec());
    }
}
