package dyno.job;

import dyno.result.ResultStore;
import dyno.result.RetentionProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Bounds what jobs leave on this node's disk: files that engines were told to keep, and generated inputs.
/// What cannot be removed now can be the next time. Used by one thread at a time.
final class NodeFiles {

    private static final Logger LOG = LoggerFactory.getLogger(NodeFiles.class);

    private final Path outputs;
    private final Path cache;
    private final RetentionProperties settings;
    private final JobStore jobs;
    private final ResultStore runs;

    /// @param data the service's data folder
    NodeFiles(Path data, RetentionProperties settings, JobStore jobs, ResultStore runs) {
        this.outputs = data.resolve("outputs");
        this.cache = data.resolve("cache");
        this.settings = settings;
        this.jobs = jobs;
        this.runs = runs;
    }

    /// Removes what is too old; jobs may run meanwhile.
    void removeOld(Instant now) {
        try {
            KeptOutputs.sweep(outputs, now.minus(settings.artifactsFor()));
        } catch (IOException e) {
            LOG.warn("old outputs stay: {}", e.toString());
        }
    }

    /// Removes what is too much, or was left by processes that are gone. No job may run here meanwhile.
    void bound(Instant now) {
        try {
            KeptOutputs.bound(outputs, settings.artifactBytes().toBytes());
            InputCaches.sweep(cache, settings.cacheBytes().toBytes(), now);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("files stay beyond their bounds: {}", e.toString());
        }
    }

    /// Removes outputs whose runs were purged, by this node or another.
    void removeOrphans() {
        try {
            var here = KeptOutputs.jobs(outputs);
            if (here.isEmpty()) {
                return;
            }
            var orphans = new HashSet<>(jobs.withRunId(here));
            orphans.removeAll(runs.jobsWithRun(here));
            removeOutputsOf(List.copyOf(orphans));
        } catch (IOException e) {
            LOG.warn("outputs of purged runs stay: {}", e.toString());
        }
    }

    private void removeOutputsOf(List<UUID> gone) throws IOException {
        for (var job : gone) {
            KeptOutputs.remove(outputs, job);
        }
    }
}
