package dyno.measurement;

/// What a comparison of two sides of a case says.
public enum Verdict {
    /// Worse, beyond the margin and beyond chance.
    REGRESSION,
    /// Better, beyond the margin and beyond chance.
    IMPROVEMENT,
    /// The 90 % interval of the effect lies within the margin: whatever difference there is does not
    /// matter.
    EQUIVALENT,
    /// Neither of these can be said with the forks there are.
    INCONCLUSIVE,
    /// Fewer than three forks on a side: says nothing, above all not that nothing changed.
    INSUFFICIENT_DATA,
    /// The sides did not measure the same thing, or not on the same machine.
    INCOMPARABLE
}
