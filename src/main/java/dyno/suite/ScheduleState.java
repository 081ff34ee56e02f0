package dyno.suite;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A schedule and what became of it.
///
/// @param nextFire     null where it is not enabled
/// @param lastFire     null where it has not fired yet
/// @param lastSuccess  when the jobs of a fire had all succeeded; null where that has not been
/// @param misfires     how often nobody was there when it was due, a gap counting once
/// @param watchedSince when it was made, changed or enabled
record ScheduleState(
        Schedule schedule,
        @Nullable Instant nextFire,
        @Nullable Fire lastFire,
        @Nullable Instant lastSuccess,
        long misfires,
        Instant watchedSince) {}
