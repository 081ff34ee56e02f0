package dyno.engine.etl;

/// What a transform makes of a record.
enum TransformKind {
    /// OPTIMISED: id and fingerprint.
    T0,
    /// ORIGINAL: a summary.
    T1,
    /// OPTIMISED: name, activities, score, fingerprint.
    T2,
    /// As [#T2] with a fingerprint that is hashed over and over.
    T3,
    /// ORIGINAL: the user as it is, for a sink that spreads it over tables.
    ROWS
}
