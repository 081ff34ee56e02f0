package dyno.engine.aggregation;

/// How generated files are read.
public enum Transport {
    FILE,
    /// Uploaded while preparing, read through the configured object store.
    S3
}
