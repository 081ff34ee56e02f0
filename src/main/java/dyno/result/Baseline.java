package dyno.result;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What runs are compared with by name: one run, or always the latest good one that carries labels.
///
/// @param runId  null where it goes by labels
/// @param labels null where it is a run
record Baseline(
        String name,
        @Nullable UUID runId,
        @Nullable Map<String, String> labels,
        Instant createdAt,
        Instant updatedAt) {}
