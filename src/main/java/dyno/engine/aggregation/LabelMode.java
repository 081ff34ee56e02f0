package dyno.engine.aggregation;

/// How often a label text is parsed.
public enum LabelMode {
    /// For every row.
    PER_ROW,
    /// Once for each distinct raw text.
    PER_DISTINCT
}
