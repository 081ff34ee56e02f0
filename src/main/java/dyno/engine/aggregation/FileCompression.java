package dyno.engine.aggregation;

/// Compression of the Parquet pages.
public enum FileCompression {
    SNAPPY,
    ZSTD,
    UNCOMPRESSED
}
