package dyno.engine;

/// Why a job or a case failed, as clients see it.
public enum FailureCode {
    /// The output was wrong.
    VERIFICATION_FAILED,
    /// The engine threw something that it does not document.
    ENGINE_ERROR,
    /// The input broke its format.
    INVALID_INPUT,
    /// The heap, direct memory or the container's memory ran out.
    OUT_OF_MEMORY,
    /// The scratch or cache folder's file system is full.
    DISK_FULL,
    /// The node that ran the job died, twice.
    WORKER_LOST,
    /// The forked JVM crashed, was killed, or broke the protocol.
    FORK_FAILED,
    /// The job's or the case's time was up.
    TIMED_OUT,
    /// The database that the work itself needs was out of reach.
    DATABASE_UNAVAILABLE
}
