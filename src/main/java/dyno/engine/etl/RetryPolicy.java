package dyno.engine.etl;

/// How often a load is tried, and how long between.
///
/// @param maxAttempts   the first included, at least 1
/// @param backoffNanos  longest wait before the second attempt; doubles with each
/// @param maxNanos      longest wait at all
record RetryPolicy(int maxAttempts, long backoffNanos, long maxNanos) {

    /// Longest wait after attempt `attempt`, from 1.
    long limitNanos(int attempt) {
        int doublings = Math.min(attempt - 1, Long.numberOfLeadingZeros(Math.max(1, backoffNanos)) - 1);
        return Math.min(maxNanos, backoffNanos << doublings);
    }
}
