package dyno.job;

import dyno.engine.FailureCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A submission as it was read: types and bounds hold, contradictions are not looked for yet. Immutable.
///
/// @param engine             id in the catalog
/// @param workload           what every case starts from, as submitted
/// @param variants           in order; empty where the job names none
/// @param baseline           name of the variant that the others are compared with
/// @param matrix             values by field or dotted path, in the order given
/// @param plan               how to measure, as far as it was said
/// @param timeoutSeconds     1 … 86,400; null: follows from the estimate
/// @param caseTimeoutSeconds 1 … 86,400; null: the job's
/// @param priority           0 … 100
/// @param labels             free words that clients filter by
/// @param reason             why the job was submitted
public record JobSpec(
        String engine,
        Map<String, @Nullable Object> workload,
        List<Variant> variants,
        @Nullable String baseline,
        Map<String, List<@Nullable Object>> matrix,
        PlanSpec plan,
        @Nullable Integer timeoutSeconds,
        @Nullable Integer caseTimeoutSeconds,
        int priority,
        Map<String, String> labels,
        @Nullable String reason) {

    /// A named set of changes to the workload.
    ///
    /// @param workload merged into the job's, deeply; null removes
    /// @param mayFail  failures that are findings and not faults
    public record Variant(String name, Map<String, @Nullable Object> workload, Set<FailureCode> mayFail) {}
}
