package dyno.result;

import dyno.environment.Environment.Fact;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/// An environment that runs were taken on.
///
/// @param facts of the latest run, without those of the moment
/// @param runs  how many, smoke runs among them
record SeenEnvironment(
        UUID id, String fingerprint, Instant firstSeenAt, Instant lastSeenAt, long runs, Map<String, Fact> facts) {}
