package dyno.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A node as the API shows it.
///
/// @param heartbeatAt by the database's clock
/// @param fingerprint of its environment when it started
/// @param labels      what jobs can be pinned to
/// @param running     ids of the jobs that it runs, those first that began first
public record NodeState(
        String name,
        State state,
        Instant startedAt,
        Instant heartbeatAt,
        int cpus,
        String fingerprint,
        Map<String, String> labels,
        List<UUID> running) {

    public enum State {
        /// Claims jobs.
        ACTIVE,
        /// Ends what it runs and claims nothing.
        DRAINING,
        /// Stopped, or not heard of for longer than a lease lasts.
        GONE
    }
}
