package dyno.engine.aggregation;

/// How the rows are aggregated.
public enum Strategy {
    /// Everything in one frame, then whole-frame passes, on one thread.
    IN_MEMORY,
    /// One chunk at a time through one thread.
    STREAMING,
    /// Chunks through a bounded queue to workers with group tables of their own.
    STREAMING_PARALLEL,
    /// The peer: SQL over the same files.
    DUCKDB;

    boolean isStreaming() {
        return this == STREAMING || this == STREAMING_PARALLEL;
    }

    boolean hasOneThread() {
        return this == IN_MEMORY || this == STREAMING;
    }
}
