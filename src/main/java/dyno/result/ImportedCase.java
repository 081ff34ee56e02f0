package dyno.result;

import dyno.engine.Warning;
import dyno.measurement.MeasuredFork;
import dyno.measurement.Score;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One result of another tool.
///
/// @param name     as its case is called
/// @param workload what tells it from others
/// @param metrics  further figures
/// @param forks    with raw data; empty where the document has none
record ImportedCase(
        String name,
        Map<String, @Nullable Object> workload,
        Score score,
        Map<String, @Nullable Object> metrics,
        List<MeasuredFork> forks,
        List<Warning> warnings) {

    static final String NOT_IN_DOCUMENT = "NOT_IN_DOCUMENT";

    CaseResult result() {
        return new CaseResult(
                name,
                workload,
                score,
                null,
                "NO_BASELINE",
                null,
                null,
                List.of(),
                metrics,
                Map.of(),
                null,
                null,
                warnings,
                Map.of(),
                List.of(),
                null,
                forks);
    }
}
