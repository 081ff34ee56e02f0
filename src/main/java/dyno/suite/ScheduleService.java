package dyno.suite;

import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps schedules. Safe for any number of threads.
public final class ScheduleService {

    private final ScheduleStore schedules;
    private final ScheduleReader reader;
    private final Fires fires;
    private final InstantSource clock;

    ScheduleService(ScheduleStore schedules, ScheduleReader reader, Fires fires, InstantSource clock) {
        this.schedules = schedules;
        this.reader = reader;
        this.fires = fires;
        this.clock = clock;
    }

    /// What metrics show of a schedule.
    ///
    /// @param nextFire    null where it is not enabled
    /// @param lastSuccess null where there was none
    /// @param misfires    gaps in which it was due while nobody was there
    public record Figures(
            String schedule,
            @Nullable Instant nextFire,
            @Nullable Instant lastSuccess,
            long misfires) {}

    /// By name.
    public List<Figures> figures() {
        return all().stream()
                .map(state ->
                        new Figures(state.schedule().name(), state.nextFire(), state.lastSuccess(), state.misfires()))
                .toList();
    }

    List<ScheduleState> all() {
        return schedules.all();
    }

    /// @throws ProblemException `not-found`
    ScheduleState require(String name) {
        return schedules
                .find(name)
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.NOT_FOUND, "There is no schedule '%s'".formatted(name)));
    }

    /// @throws ProblemException with everything that is wrong; `unknown-suite`, `name-taken`
    ScheduleState create(@Nullable Object body) {
        var schedule = reader.read(body, null);
        if (!add(schedule)) {
            throw new ProblemException(
                    ProblemCode.NAME_TAKEN, "There is a schedule '%s' already".formatted(schedule.name()));
        }
        return require(schedule.name());
    }

    /// Makes the schedule what the body says, or makes it.
    ///
    /// @return whether it is new
    /// @throws ProblemException with everything that is wrong; `unknown-suite`
    boolean put(String name, @Nullable Object body) {
        var schedule = reader.read(body, name);
        var now = clock.instant();
        return !schedules.replace(schedule, nextFire(schedule, now), now) && add(schedule);
    }

    /// @throws ProblemException `not-found`
    void remove(String name) {
        if (!schedules.remove(name)) {
            require(name);
        }
    }

    /// @throws ProblemException `not-found`, or what the submission is refused with
    ScheduledSubmission trigger(String name) {
        return fires.trigger(require(name).schedule());
    }

    /// Adds one that the file has and the table has not.
    ///
    /// @throws ProblemException with everything that is wrong with it
    void addIfMissing(@Nullable Object tree) {
        add(reader.read(tree, null));
    }

    private boolean add(Schedule schedule) {
        var now = clock.instant();
        return schedules.add(schedule, nextFire(schedule, now), now);
    }

    private static @Nullable Instant nextFire(Schedule schedule, Instant now) {
        return schedule.enabled() ? schedule.times().next(now).orElse(null) : null;
    }
}
