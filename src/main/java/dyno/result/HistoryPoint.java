package dyno.result;

import dyno.measurement.Interval;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run's score in a case's history.
///
/// @param excluded       whether it does not count
/// @param excludedReason `GRADE_D`, or what was said when it was taken out; null where it counts
record HistoryPoint(
        UUID runId,
        Instant startedAt,
        @Nullable String commit,
        double score,
        @Nullable Interval ci95,
        @Nullable String grade,
        boolean excluded,
        @Nullable String excludedReason) {}
