package dyno.job;

/// Published after a job was accepted and committed.
public record JobSubmitted(Job job, Submission source) {}
