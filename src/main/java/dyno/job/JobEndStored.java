package dyno.job;

import java.util.UUID;

/// Published when a job's end is stored, within the transaction that stores it: what listeners write is
/// there exactly where the job has ended, and one that throws keeps it from ending. For everything else
/// there is [JobFinished].
public record JobEndStored(UUID job) {}
