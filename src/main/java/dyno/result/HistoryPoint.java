package dyno.result;

import dyno.measurement.Interval;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run's score in a case's history.
///
/// @param commitReason   why `commit` is null; null otherwise
/// @param ci95Reason     why `ci95` is null (`NEEDS_3_FORKS`); null otherwise
/// @param gradeReason    why `grade` is null; null otherwise
/// @param excluded       whether it does not count
/// @param excludedReason `GRADE_D`, or what was said when it was taken out; null where it counts
record HistoryPoint(
        UUID runId,
        Instant startedAt,
        @Nullable String commit,
        @Nullable String commitReason,
        double score,
        @Nullable Interval ci95,
        @Nullable String ci95Reason,
        @Nullable String grade,
        @Nullable String gradeReason,
        boolean excluded,
        @Nullable String excludedReason) {}
