package dyno.result;

import dyno.measurement.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run in a list, without its cases.
///
/// @param jobId       null where it was imported
/// @param plan        null where it was imported
/// @param imported    whether it was never measured here
/// @param fingerprint of the environment it was taken on
/// @param cases       how many it has
record RunSummary(
        UUID id,
        @Nullable UUID jobId,
        String engine,
        @Nullable Plan plan,
        Instant startedAt,
        Instant finishedAt,
        Map<String, String> labels,
        @Nullable String reason,
        boolean partial,
        boolean imported,
        String fingerprint,
        Grading quality,
        int cases) {

    /// @param gradeReason why `grade` is null; null otherwise
    /// @param warnings    codes that led to the grade; the run has more about them
    record Grading(@Nullable String grade, @Nullable String gradeReason, List<String> warnings) {}
}
