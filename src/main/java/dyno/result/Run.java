package dyno.result;

import dyno.environment.Environment;
import dyno.measurement.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The stored result of a job.
///
/// @param partial whether a case of it failed
/// @param quality null grade with a reason until graded
public record Run(
        UUID id,
        UUID jobId,
        String engine,
        Plan plan,
        Instant startedAt,
        Instant finishedAt,
        Map<String, String> labels,
        @Nullable String reason,
        boolean partial,
        Environment environment,
        Quality quality,
        List<CaseResult> cases) {

    /// @param grade       A to D; null with a reason
    /// @param gradeReason why `grade` is null; null otherwise
    /// @param warnings    codes that led to the grade
    public record Quality(@Nullable String grade, @Nullable String gradeReason, List<String> warnings) {}
}
