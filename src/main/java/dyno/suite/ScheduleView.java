package dyno.suite;

import dyno.suite.Schedule.Misfire;
import dyno.suite.Schedule.Overlap;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A schedule as the API shows it.
///
/// @param suite null where it submits a job
/// @param job   null where it submits a suite
record ScheduleView(
        String name,
        String cron,
        String zone,
        @Nullable String suite,
        @Nullable Map<String, @Nullable Object> job,
        boolean enabled,
        Misfire misfire,
        Overlap overlap,
        @Nullable Instant nextFire,
        @Nullable Fire lastFire) {

    static ScheduleView of(ScheduleState state) {
        var schedule = state.schedule();
        return new ScheduleView(
                schedule.name(),
                schedule.cron(),
                schedule.zone().getId(),
                schedule.suite(),
                schedule.job(),
                schedule.enabled(),
                schedule.misfire(),
                schedule.overlap(),
                state.nextFire(),
                state.lastFire());
    }
}
