package dyno.job;

import dyno.engine.Warning;
import dyno.measurement.Plan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What would be measured if a job were submitted.
///
/// @param estimatedSeconds of measuring
/// @param memoryBytes      heap and direct memory of the largest case
/// @param scratchBytes     disk of the case that needs most
public record DryRun(
        List<Case> cases,
        Plan plan,
        long estimatedSeconds,
        long memoryBytes,
        long scratchBytes,
        List<Warning> warnings) {

    /// @param workload complete, every default filled in
    public record Case(String name, Map<String, @Nullable Object> workload) {}

    static DryRun of(PlannedJob job) {
        var cases = job.cases().stream()
                .map(planned -> new Case(planned.name(), planned.workload()))
                .toList();
        return new DryRun(
                cases, job.plan(), job.estimatedSeconds(), job.memoryBytes(), job.scratchBytes(), job.warnings());
    }
}
