package dyno.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import dyno.engine.InputFacts;
import dyno.engine.Phase;
import dyno.engine.Verification;
import dyno.engine.Warning;
import dyno.measurement.MeasuredFork;
import dyno.measurement.Score;
import dyno.measurement.SecondsPerInvocation;
import dyno.measurement.Speedup;
import dyno.measurement.Variation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was found out about one case.
///
/// @param name                 `direct[chunkBytes=67108864]`
/// @param workload             complete workload tree
/// @param score                null where the case failed
/// @param speedup              null without a baseline variant, or with a reason
/// @param speedupReason        `NO_BASELINE`, `IS_BASELINE`, `UNITS_DIFFER`, `EXTRAPOLATED`, `NO_SCORE`; null where
///                             there is a speed-up
/// @param secondsPerInvocation over all samples pooled; null where the case failed
/// @param variation            within and between forks; null where the case failed
/// @param phases               median over forks
/// @param metrics              combined over forks, with the engine's derived ones
/// @param resources            combined over forks
/// @param verification         null where no fork came that far
/// @param input                null where no fork came that far
/// @param warnings             of all forks, each code once
/// @param details              of the first fork
/// @param artifacts            files that the engine was told to keep
/// @param failure              null where the case succeeded
/// @param forks                raw samples, fork by fork; null where they were not asked for
public record CaseResult(
        String name,
        Map<String, @Nullable Object> workload,
        @Nullable Score score,
        @Nullable Speedup speedup,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String speedupReason,
        @Nullable SecondsPerInvocation secondsPerInvocation,
        @Nullable Variation variation,
        List<Phase> phases,
        Map<String, @Nullable Object> metrics,
        Map<String, @Nullable Object> resources,
        @Nullable Verification verification,
        @Nullable InputFacts input,
        List<Warning> warnings,
        Map<String, Object> details,
        List<Artifact> artifacts,
        @Nullable Failure failure,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<MeasuredFork> forks) {

    /// Name of the artifact that is a page to look at.
    public static final String FLAME_GRAPH = "flamegraph.html";

    /// The same with other raw data, or without any.
    public CaseResult withForks(@Nullable List<MeasuredFork> other) {
        return new CaseResult(
                name,
                workload,
                score,
                speedup,
                speedupReason,
                secondsPerInvocation,
                variation,
                phases,
                metrics,
                resources,
                verification,
                input,
                warnings,
                details,
                artifacts,
                failure,
                other);
    }

    /// A file that was kept.
    public record Artifact(String name, long bytes, String sha256) {}
}
