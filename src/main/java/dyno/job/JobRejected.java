package dyno.job;

/// Published after a submission was refused.
///
/// @param reason the problem's code: `queue-full`
public record JobRejected(String reason) {}
