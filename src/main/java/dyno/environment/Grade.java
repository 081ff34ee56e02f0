package dyno.environment;

/// How far a run's figures can be trusted, best first.
public enum Grade {
    A,
    B,
    C,
    /// Never a baseline.
    D
}
