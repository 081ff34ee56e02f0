package dyno.job;

import dyno.engine.Warning;
import dyno.measurement.Plan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A submission that was found good: what is stored, and what a dry run shows.
///
/// @param spec             as read
/// @param tree             as submitted, defaults filled in
/// @param plan             complete
/// @param cases            in order, 1 … 256
/// @param warnings         known at submission, each once
/// @param estimatedSeconds of measuring
/// @param memoryBytes      heap and direct memory of the largest case
/// @param scratchBytes     disk of the case that needs most
record PlannedJob(
        JobSpec spec,
        Map<String, @Nullable Object> tree,
        Plan plan,
        List<PlannedCase> cases,
        List<Warning> warnings,
        long estimatedSeconds,
        long memoryBytes,
        long scratchBytes) {

    /// Each dataset that its cases read, once.
    List<PlannedDataset> datasets() {
        return cases.stream()
                .map(PlannedCase::dataset)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
