package dyno.result;

import dyno.measurement.Plan;
import dyno.result.Run.Quality;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run in a list, without its cases.
///
/// @param fingerprint of the environment it was taken on
/// @param cases       how many it has
record RunSummary(
        UUID id,
        UUID jobId,
        String engine,
        Plan plan,
        Instant startedAt,
        Instant finishedAt,
        Map<String, String> labels,
        @Nullable String reason,
        boolean partial,
        String fingerprint,
        Quality quality,
        int cases) {}
