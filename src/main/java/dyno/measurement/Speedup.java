package dyno.measurement;

import org.jspecify.annotations.Nullable;

/// A case's score against the baseline variant's case with the same matrix values.
///
/// @param baseline   name of that case
/// @param ratio      ratio of the geometric means
/// @param ci95       95 % interval of the ratio: paired t on log fork medians, Welch where counts differ
/// @param ci95Reason why `ci95` is null; null otherwise
public record Speedup(
        String baseline,
        double ratio,
        @Nullable Interval ci95,
        @Nullable String ci95Reason) {}
