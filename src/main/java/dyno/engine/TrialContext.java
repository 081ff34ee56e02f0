package dyno.engine;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/// Where and for whom a trial runs.
///
/// @param scratch      an empty folder of this fork's own; the service removes it, whatever happens
/// @param cache        folder for generated inputs that later forks may use again; written by rename only.
///                     The service removes the least recently used while no job runs: entries are folders
///                     with files, of an engine's own folder its folders; when one was used last says its
///                     own time of change or that of its file `.used`. What holds a file `lock` may be
///                     resumed, and stays for a day
/// @param machine      the machine as the service saw it
/// @param cancellation asked between pieces of work
/// @param fork         0-based index of the fork among its case's forks
/// @param depth        how much verification is wanted
/// @param datasets     folders of the datasets that the workload names, by name; each holds the dataset's files and
///                     nothing else, to be read only
/// @param secrets      credentials of what [Engine#databases] asked for and [Engine#secrets], by name; never to be
///                     shown anywhere
/// @param job          the job that the fork belongs to
/// @param attempt      of the job, from 1: a fork of an earlier one may still be at work where its node is frozen
public record TrialContext(
        Path scratch,
        Path cache,
        Machine machine,
        Cancellation cancellation,
        int fork,
        Depth depth,
        Map<String, Path> datasets,
        Map<String, String> secrets,
        UUID job,
        int attempt) {

    private static final UUID NO_JOB = new UUID(0, 0);

    /// A context without credentials and job, which most engines have no use for.
    public TrialContext(
            Path scratch,
            Path cache,
            Machine machine,
            Cancellation cancellation,
            int fork,
            Depth depth,
            Map<String, Path> datasets) {
        this(scratch, cache, machine, cancellation, fork, depth, datasets, Map.of(), NO_JOB, 1);
    }

    /// Where a trial puts files that its client wants to keep, before it is closed: the service takes them from there.
    public Path kept() {
        return kept(scratch);
    }

    /// The same for whoever knows the fork's folder alone.
    ///
    /// @param scratch as [#scratch]
    public static Path kept(Path scratch) {
        return scratch.resolve("kept");
    }

    /// Without the secrets' values, so that no message or log can hold them by accident.
    @Override
    public String toString() {
        return "TrialContext[scratch=%s, fork=%d, depth=%s, datasets=%s, secrets=%s]"
                .formatted(scratch, fork, depth, datasets.keySet(), secrets.keySet());
    }

    /// How thoroughly [Trial#verify] looks.
    public enum Depth {
        /// Fractions of a second: smoke jobs.
        SHORT,
        /// Everything the engine's specification lists.
        FULL
    }
}
