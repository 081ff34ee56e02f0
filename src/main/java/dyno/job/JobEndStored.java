package dyno.job;

import java.util.UUID;

/// Published when a job's end is stored, within the transaction that stores it: whoever writes then writes for exactly
/// the jobs that have ended, and whoever throws keeps the job from ending. For everything else there is [JobFinished].
public record JobEndStored(UUID job) {}
