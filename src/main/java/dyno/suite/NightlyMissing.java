package dyno.suite;

import java.time.Instant;

/// Published when a schedule that fires at least daily has not succeeded for 26 hours, once for each such
/// silence, in the transaction that remembers it.
///
/// @param schedule    its name
/// @param silentSince its last success, or when it was made or changed
public record NightlyMissing(String schedule, Instant silentSince) {}
