package dyno.result;

/// Published when a run is stored, within the transaction that stores it; listen after its commit.
public record RunStored(Run run) {}
