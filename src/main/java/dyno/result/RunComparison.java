package dyno.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dyno.measurement.Comparison.Finding;
import dyno.measurement.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became better or worse from one run to another, or within one run from its baseline variant to
/// the others.
///
/// @param comparable  whether engine and fingerprint are the same
/// @param differences facts that are not, those that do not hinder comparing included
/// @param verdict     of all cases together
/// @param margin      δ: effects up to it do not matter
record RunComparison(
        ComparedRun baseline,
        ComparedRun candidate,
        boolean comparable,
        List<Difference> differences,
        List<ComparedCase> cases,
        Verdict verdict,
        double margin) {

    /// A case.
    ///
    /// @param baselineCase  what it was compared with, where that has another name
    /// @param unit          of the scores; null where a side has none
    /// @param verdictReason why it cannot be compared; null where it can
    /// @param differences   of workloads and of the measuring JVMs' flags
    record ComparedCase(
            String name,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String baselineCase,

            @Nullable String unit,
            @JsonUnwrapped Finding finding,
            @Nullable String verdictReason,
            @Nullable ResourceDeltas deltas,
            List<Difference> differences) {}
}
