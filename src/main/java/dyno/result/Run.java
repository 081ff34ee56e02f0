package dyno.result;

import dyno.environment.Assessment;
import dyno.environment.Assessment.CanaryScore;
import dyno.environment.Assessment.Unchecked;
import dyno.environment.Environment;
import dyno.environment.QualityFinding;
import dyno.measurement.Plan;
import dyno.measurement.Plan.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The stored result of a job, or of another tool that was imported.
///
/// @param jobId    null where it was imported
/// @param engine   `imported` where it was imported
/// @param plan     null where it was imported
/// @param partial  whether a case of it failed
/// @param imported whether it was never measured here
/// @param quality  null grade with a reason where it was not graded
public record Run(
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
        Environment environment,
        Quality quality,
        List<CaseResult> cases) {

    /// Of a job of ours.
    public Run(
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
        this(
                id,
                jobId,
                engine,
                plan,
                startedAt,
                finishedAt,
                labels,
                reason,
                partial,
                false,
                environment,
                quality,
                cases);
    }

    /// SMOKE runs are neither history nor kept for long; what other tools measured counts as measured.
    public Mode mode() {
        return plan == null ? Mode.MEASURE : plan.mode();
    }

    /// @param grade       A to D; null with a reason
    /// @param gradeReason why `grade` is null; null otherwise
    /// @param warnings    codes that led to the grade
    /// @param findings    the same with what was found
    /// @param unchecked   what could not be looked at
    /// @param canary      how fast the fixed kernel was; null where nobody looked
    public record Quality(
            @Nullable String grade,
            @Nullable String gradeReason,
            List<String> warnings,
            List<QualityFinding> findings,
            List<Unchecked> unchecked,
            @Nullable CanaryScore canary) {

        /// A grade of which nothing more is known.
        public Quality(@Nullable String grade, @Nullable String gradeReason, List<String> warnings) {
            this(grade, gradeReason, warnings, List.of(), List.of(), null);
        }

        /// @param reason upper case: `SMOKE_MODE`
        public static Quality ungraded(String reason) {
            return new Quality(null, reason, List.of());
        }

        public static Quality of(Assessment assessment) {
            return new Quality(
                    assessment.grade().name(),
                    null,
                    assessment.findings().stream().map(QualityFinding::code).toList(),
                    assessment.findings(),
                    assessment.unchecked(),
                    assessment.canary());
        }
    }
}
