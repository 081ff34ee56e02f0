package dyno.engine.generator;

/// What becomes of a filled chunk.
public enum Sink {
    /// Overwritten by the next one.
    DISCARD,
    /// Kept in a ring of buffers larger than the last-level cache.
    WORKING_SET,
    /// Written to a file in the scratch folder.
    FILE
}
