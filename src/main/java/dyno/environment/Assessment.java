package dyno.environment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is thought of a run.
///
/// @param grade     the worst that its findings allow; A where there are none
/// @param findings  one for each warning, in the order of [QualityRule]
/// @param unchecked what could not be looked at on this machine, and why
/// @param canary    null where no look before a fork was taken
public record Assessment(
        Grade grade,
        List<QualityFinding> findings,
        List<Unchecked> unchecked,
        @Nullable CanaryScore canary) {

    /// A warning that nobody can say anything about.
    ///
    /// @param reason why: the first fork's
    public record Unchecked(String code, String reason) {}

    /// The fixed kernel's speed over the run.
    ///
    /// @param score  steps a second, the median of the looks before each fork
    /// @param spread upper over lower quartile of the looks, less 1: no wider because there are more of them
    /// @param looks  how many
    public record CanaryScore(double score, String unit, double spread, int looks) {}
}
