package dyno.engine.etl;

import dyno.engine.Metrics;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A sink of this engine: beside loading it can be emptied, and asked what it holds.
interface EtlSink extends Sink {

    /// Empties it for the next invocation. Not timed.
    default void reset() throws IOException, InterruptedException {}

    /// Compares what the last invocation left in the sink with what was expected.
    ///
    /// @return what differs, with both values; null where nothing does, or the sink keeps nothing
    @Nullable
    String disagreement(Expected expected) throws IOException, InterruptedException;

    /// Adds the sink's own figures: `sinkCpuSeconds`, `fsync`, `synchronousCommit`, `rowsPerSecond`, …
    default void report(Metrics metrics) {}

    /// What the loaded records of one invocation, over all its pipelines, add up to.
    ///
    /// @param records         how many
    /// @param lines           of their output lines; null where there are too many to be worked out beforehand
    /// @param ids             wrapping sum of ids; null as `lines`
    /// @param totalActivities sum of totalActivities of T2 and T3; null as `lines`, and for other transforms
    /// @param fingerprints    xor of dataFingerprint of T0, T2 and T3; null as `lines`, and for other transforms
    record Expected(
            long records,
            @Nullable LineTotals lines,
            @Nullable Long ids,
            @Nullable Long totalActivities,
            @Nullable Long fingerprints) {}
}
