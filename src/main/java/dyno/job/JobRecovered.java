package dyno.job;

/// Published after a running job was taken from a node that stopped or was lost.
///
/// @param job queued again, or failed where it was lost for the second time
public record JobRecovered(Job job, Cause cause) {

    public enum Cause {
        /// Its lease ran out: the node died, hung or lost the database.
        LEASE_EXPIRED,
        /// Its node started anew and found it among its own.
        NODE_RESTARTED,
        /// Its node stopped in good order; uses up no attempt.
        NODE_STOPPED
    }
}
