package dyno.engine.aggregation;

/// Kinds of rows that a result may hold.
public enum Output {
    /// One row per day, namespace, node and merged labels.
    POD,
    /// One row per day and claim on a node.
    STORAGE,
    /// What of a node nobody used, per day and node.
    UNALLOCATED
}
