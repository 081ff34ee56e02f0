package dyno.job;

import dyno.engine.Warning;
import dyno.measurement.Plan;
import dyno.result.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A submission as it stands in the queue's table.
///
/// @param id               UUIDv7
/// @param engine           id in the catalog
/// @param mode             decides what it may run beside
/// @param state            where it is
/// @param priority         0 … 100, higher first
/// @param attempt          claims so far that count; 0 before the first
/// @param worker           node that runs it or ran it last; null before the first claim
/// @param cases            how many
/// @param estimatedSeconds of measuring, waiting not included
/// @param memoryBytes      heap and direct memory of its largest case
/// @param warnings         known at submission
/// @param createdAt        when it was accepted
/// @param startedAt        first start; null before
/// @param finishedAt       null before
/// @param progress         null while nothing runs
/// @param runId            set as soon as a run is stored, partial ones included
/// @param failure          null unless `FAILED` or `TIMED_OUT`
/// @param labels           as submitted
/// @param spec             as submitted, defaults filled in
public record Job(
        UUID id,
        String engine,
        Plan.Mode mode,
        JobState state,
        int priority,
        int attempt,
        @Nullable String worker,
        int cases,
        long estimatedSeconds,
        long memoryBytes,
        List<Warning> warnings,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Progress progress,
        @Nullable UUID runId,
        @Nullable Failure failure,
        Map<String, String> labels,
        Map<String, @Nullable Object> spec) {}
