package dyno.job;

/// Published after a node claimed a job.
public record JobStarted(Job job) {}
