package dyno.engine;

import java.nio.file.Path;
import java.util.Map;

/// Where and for whom a trial runs.
///
/// @param scratch      an empty folder of this fork's own; the service removes it, whatever happens
/// @param cache        folder for generated inputs that later forks may use again; written by rename only
/// @param machine      the machine as the service saw it
/// @param cancellation asked between pieces of work
/// @param fork         0-based index of the fork among its case's forks
/// @param depth        how much verification is wanted
/// @param datasets     folders of the datasets that the workload names, by name
public record TrialContext(
        Path scratch,
        Path cache,
        Machine machine,
        Cancellation cancellation,
        int fork,
        Depth depth,
        Map<String, Path> datasets) {

    /// How thoroughly [Trial#verify] looks.
    public enum Depth {
        /// Fractions of a second: smoke jobs.
        SHORT,
        /// Everything the engine's specification lists.
        FULL
    }
}
