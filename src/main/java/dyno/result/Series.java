package dyno.result;

import dyno.measurement.Score.Better;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Scores that may stand in one line: of one case that measured the same thing on the same machine.
///
/// @param workloadDigest of the workload
/// @param inputDigest    null where the input has none
/// @param labels         that the runs carry besides
record Series(
        String engine,
        String caseName,
        String fingerprint,
        String workloadDigest,
        @Nullable String inputDigest,
        String unit,
        Better better,
        Map<String, String> labels) {

    /// The same for all runs of the series, and another one for an equal case of another job.
    String key() {
        return "%s|%s|%s|%s|%s|%s"
                .formatted(engine, caseName, fingerprint, workloadDigest, inputDigest, SameJob.labels(labels));
    }
}
