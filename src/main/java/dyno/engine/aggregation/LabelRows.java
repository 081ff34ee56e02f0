package dyno.engine.aggregation;

/// How often node and namespace labels are repeated.
public enum LabelRows {
    /// One row per node or namespace and hour.
    PER_OBJECT,
    /// One row per pod on it and hour.
    PER_POD
}
