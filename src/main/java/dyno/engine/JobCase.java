package dyno.engine;

import org.jspecify.annotations.Nullable;

/// One finished case of a job, shown to its engine when all are finished, so that it can relate them.
///
/// @param name      the case's name: `direct[chunkBytes=67108864]`
/// @param workload  what was measured
/// @param score     in the case's score unit; null where the case failed or has no score
/// @param totals    totals over all measured samples; null where the case failed
/// @param metrics   the case's metrics so far; the engine adds its derived ones
public record JobCase<W extends Workload>(
        String name,
        W workload,
        @Nullable Double score,
        @Nullable Totals totals,
        Metrics metrics) {

    /// Totals over all measured samples of all forks of a case.
    ///
    /// @param seconds         elapsed seconds, summed
    /// @param invocations     summed
    /// @param items           summed
    /// @param bytes           summed
    /// @param slowestPerSecond score unit's count a second in the slowest iteration
    /// @param fastestPerSecond the same in the fastest
    public record Totals(
            double seconds,
            long invocations,
            long items,
            long bytes,
            double slowestPerSecond,
            double fastestPerSecond) {}
}
