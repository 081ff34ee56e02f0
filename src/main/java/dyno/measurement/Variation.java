package dyno.measurement;

import org.jspecify.annotations.Nullable;

/// How much iterations and forks of a case differ.
///
/// @param withinForks        coefficient of variation of iteration throughput within a fork, mean over forks; null
///                           where no fork has two samples
/// @param withinForksReason  `NEEDS_2_SAMPLES`; null where there is a value
/// @param betweenForks       coefficient of variation of the forks' medians; null with fewer than two forks
/// @param betweenForksReason `NEEDS_2_FORKS`; null where there is a value
/// @param outliersMild       samples beyond 1.5 interquartile ranges (Tukey) and within 3; counted, never removed
/// @param outliersSevere     samples beyond 3
public record Variation(
        @Nullable Double withinForks,
        @Nullable String withinForksReason,
        @Nullable Double betweenForks,
        @Nullable String betweenForksReason,
        int outliersMild,
        int outliersSevere) {}
