package dyno.suite;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What became of one time that a schedule was due, or was triggered.
///
/// @param plannedAt     the time that the cron line means; of a trigger, when it was asked for
/// @param firedAt       when somebody was there
/// @param outcomeReason why it is not `RUNNING`, `SUCCEEDED` or `FAILED`
/// @param suiteRun      label of its jobs; null where the schedule submits a job, or submitted nothing
/// @param jobs          ids of what was submitted
record Fire(
        Instant plannedAt,
        Instant firedAt,
        Outcome outcome,
        @Nullable String outcomeReason,
        @Nullable UUID suiteRun,
        List<UUID> jobs) {

    enum Outcome {
        /// Some of its jobs are not finished.
        RUNNING,
        /// All of its jobs succeeded.
        SUCCEEDED,
        /// All are finished, and not all succeeded.
        FAILED,
        /// The fire before was not over.
        SKIPPED,
        /// No service was there at the time, or the queue was full for too long.
        MISSED,
        /// The submission was refused.
        REFUSED
    }

    /// What was decided when it was due.
    enum Decision {
        SUBMITTED,
        SKIPPED,
        MISSED,
        REFUSED
    }
}
