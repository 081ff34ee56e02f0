package dyno.engine.aggregation;

/// How far reading runs ahead of aggregating.
public enum Prefetch {
    /// As far as the queue has room.
    BOUNDED,
    /// To the end: every chunk is read before the first is aggregated.
    ALL
}
