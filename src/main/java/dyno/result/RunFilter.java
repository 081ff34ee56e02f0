package dyno.result;

import dyno.measurement.Plan.Mode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which runs a list holds.
///
/// @param mode   runs of this mode only
/// @param engine of this engine only; null: of any
/// @param labels that carry all of these
/// @param since  that started then or later; null: however early
/// @param until  that started before; null: however late
record RunFilter(
        Mode mode,
        @Nullable String engine,
        Map<String, String> labels,
        @Nullable Instant since,
        @Nullable Instant until) {}
