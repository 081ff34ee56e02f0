package dyno.engine.aggregation;

/// How label texts are written.
public enum LabelFormat {
    JSON,
    /// `label_key:value|label_key:value`
    PIPE,
    /// Pipe for odd pods, JSON for even ones and for everything else.
    MIXED
}
