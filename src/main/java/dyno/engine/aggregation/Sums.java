package dyno.engine.aggregation;

/// What sums are made of.
public enum Sums {
    /// Fixed-point integers: the same bits in any order.
    EXACT,
    /// Plain doubles, added in file and chunk order.
    DOUBLE
}
