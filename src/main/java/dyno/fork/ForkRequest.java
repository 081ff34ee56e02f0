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
public record ForkRequest(
        UUID job,
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

    /// Without the secrets' values, so that no message or log can hold them by accident.
    @Override
    public String toString() {
        return "ForkRequest[job=%s, engine=%s, fork=%d, plan=%s, scratch=%s, secrets=%s]"
                .formatted(job, engine, fork, plan, scratch, secrets.keySet());
    }
}
