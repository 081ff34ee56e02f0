package dyno.fork;

import dyno.engine.Machine;
import dyno.engine.TrialContext.Depth;
import dyno.measurement.Plan;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What one fork has to measure.
///
/// @param job         the job that the fork belongs to
/// @param attempt     of the job, from 1
/// @param engine      id in the catalog
/// @param workload    complete workload tree, every default filled in
/// @param plan        warm-up and iterations; its number of forks does not matter here
/// @param fork        0-based index among the forks of the case
/// @param scratch     empty folder of this fork's own
/// @param cache       folder of generated inputs
/// @param machine     the machine as the service saw it
/// @param depth       how thoroughly to verify
/// @param datasets    folders of the datasets that the workload names
/// @param secrets     credentials that the engine needs; they travel over stdin only
/// @param heapBytes   heap of the forked JVM, fixed: `-Xms` and `-Xmx`
/// @param directBytes limit of the forked JVM's direct memory
/// @param recording   file that a profile of the measured iterations is written to; null for none
public record ForkRequest(
        UUID job,
        int attempt,
        String engine,
        Map<String, @Nullable Object> workload,
        Plan plan,
        int fork,
        Path scratch,
        Path cache,
        Machine machine,
        Depth depth,
        Map<String, Path> datasets,
        Map<String, String> secrets,
        long heapBytes,
        long directBytes,
        @Nullable Path recording) {

    /// Without a profile.
    public ForkRequest(
            UUID job,
            int attempt,
            String engine,
            Map<String, @Nullable Object> workload,
            Plan plan,
            int fork,
            Path scratch,
            Path cache,
            Machine machine,
            Depth depth,
            Map<String, Path> datasets,
            Map<String, String> secrets,
            long heapBytes,
            long directBytes) {
        this(
                job,
                attempt,
                engine,
                workload,
                plan,
                fork,
                scratch,
                cache,
                machine,
                depth,
                datasets,
                secrets,
                heapBytes,
                directBytes,
                null);
    }

    /// The same with a profile.
    public ForkRequest recordedIn(Path file) {
        return new ForkRequest(
                job,
                attempt,
                engine,
                workload,
                plan,
                fork,
                scratch,
                cache,
                machine,
                depth,
                datasets,
                secrets,
                heapBytes,
                directBytes,
                file);
    }

    /// Without the secrets' values, so that no message or log can hold them by accident.
    @Override
    public String toString() {
        return "ForkRequest[job=%s, engine=%s, fork=%d, plan=%s, scratch=%s, secrets=%s]"
                .formatted(job, engine, fork, plan, scratch, secrets.keySet());
    }
}
