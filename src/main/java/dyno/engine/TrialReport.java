package dyno.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a trial knows of its measured invocations beyond their time.
///
/// @param phases   in the order of the work
/// @param metrics  as [Metrics#values] gives them
/// @param warnings raised while preparing, measuring or verifying
/// @param details  lists and objects, bounded by the engine: error samples, histograms
/// @param input    what was read
public record TrialReport(
        List<Phase> phases,
        Map<String, @Nullable Object> metrics,
        List<Warning> warnings,
        Map<String, Object> details,
        InputFacts input) {}
