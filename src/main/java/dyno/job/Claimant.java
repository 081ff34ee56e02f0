package dyno.job;

import dyno.measurement.Plan.Mode;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// A node that looks for work.
///
/// @param worker   its name
/// @param capacity what it can lend at most; jobs that need more memory are left to larger nodes
/// @param own      jobs that it is still busy with, though it may have lost them: their ends may come yet
record Claimant(String worker, Capacity capacity, Set<UUID> own) {

    /// As the queue's statements name them.
    Map<String, Object> parameters() {
        return Map.of(
                "worker", worker,
                "own", own.toArray(UUID[]::new),
                "measureBytes", capacity.memoryBytes(Mode.MEASURE),
                "smokeBytes", capacity.memoryBytes(Mode.SMOKE));
    }
}
