package dyno.measurement;

/// What a fork is at, in order.
public enum Stage {
    PREPARING,
    WARMUP,
    MEASURING,
    VERIFYING
}
