package dyno.engine.generator;

/// How stream offsets become content, and where filler lies.
public enum Layout {
    /// Every compress unit holds its own share of filler; duplicates are at least 64 MiB apart where they can.
    INTERLEAVED,
    /// Byte-exact with dgen-rs 0.1.3 at dedup ratio 1: one run of filler at the end of each block.
    DGEN
}
