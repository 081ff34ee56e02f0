package dyno.result;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which case's history is asked for.
///
/// @param fingerprint null: of the environment of the newest run that has the case
/// @param labels      runs that carry all of these
record HistoryFilter(
        String engine, String caseName, @Nullable String fingerprint, Map<String, String> labels) {}
