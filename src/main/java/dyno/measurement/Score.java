package dyno.measurement;

import org.jspecify.annotations.Nullable;

/// A case's throughput.
///
/// @param value       geometric mean over forks of each fork's median iteration throughput
/// @param valueReason why `value` is null; null otherwise
/// @param unit        `bytes/s`
/// @param better      which way is better: always `HIGHER` for what Dyno measures itself
/// @param ci95        95 % Student-t interval on the logs of the forks' medians
/// @param ci95Reason  why `ci95` is null (`NEEDS_3_FORKS`); null otherwise
/// @param forks       forks that count
/// @param samples     samples of all of them
public record Score(
        @Nullable Double value,
        @Nullable String valueReason,
        String unit,
        Better better,
        @Nullable Interval ci95,
        @Nullable String ci95Reason,
        int forks,
        int samples) {

    public enum Better {
        HIGHER,
        LOWER
    }
}
