package dyno.job;

import dyno.engine.FailureCode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One case as the queue keeps it and a worker measures it.
///
/// @param name        as clients see it
/// @param workload    complete tree, every default filled in
/// @param dataset     that the workload names; null where it names none
/// @param mayFail     failures that are findings
/// @param baseline    name of the case to compare with; null where the job names no baseline
/// @param heapBytes   heap of its forks
/// @param directBytes direct memory of its forks
/// @param forkSeconds one fork, roughly; weighs its share of the progress
record PlannedCase(
        String name,
        Map<String, @Nullable Object> workload,
        @Nullable PlannedDataset dataset,
        Set<FailureCode> mayFail,
        @Nullable String baseline,
        long heapBytes,
        long directBytes,
        double forkSeconds) {}
