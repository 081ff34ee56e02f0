package dyno.result;

/// Published when an alert is raised, within the transaction that stores it; listen after its commit.
public record AlertRaised(Alert alert) {}
