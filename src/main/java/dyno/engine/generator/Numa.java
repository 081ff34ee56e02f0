package dyno.engine.generator;

/// Whether workers are pinned to processors.
public enum Numa {
    /// Where the machine has more than one memory node.
    AUTO,
    /// Always.
    FORCE,
    /// Never.
    DISABLED
}
