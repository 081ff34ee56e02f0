package dyno.measurement;

/// One iteration's raw datum.
///
/// @param elapsedNanos wall time of the iteration
/// @param invocations  calls of the operation within it, at least 1
/// @param items        items of all its invocations
/// @param bytes        bytes of all its invocations
public record Sample(long elapsedNanos, long invocations, long items, long bytes) {}
