package dyno.suite;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Finds daily schedules that have been silent for too long, and says so once. Safe for any number of
/// threads and nodes.
final class MissingRuns {

    private static final Logger LOG = LoggerFactory.getLogger(MissingRuns.class);

    /// A day and what the suite itself takes.
    static final Duration SILENCE = Duration.ofHours(26);

    /// From one fire to the next of what fires once a day, on the day that daylight saving ends.
    private static final Duration DAILY = Duration.ofHours(25);

    private final ScheduleStore schedules;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;
    private final TransactionTemplate transaction;

    MissingRuns(
            ScheduleStore schedules,
            ApplicationEventPublisher events,
            InstantSource clock,
            PlatformTransactionManager transactions) {
        this.schedules = schedules;
        this.events = events;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    void check() {
        var now = clock.instant();
        for (var state : schedules.all()) {
            transaction.executeWithoutResult(status -> check(state, now));
        }
    }

    private void check(ScheduleState state, Instant now) {
        var name = state.schedule().name();
        var heard = heard(state);
        if (isDaily(state.schedule(), now)
                && heard.plus(SILENCE).isBefore(now)
                && isOverdue(state.schedule(), heard, now)) {
            if (schedules.markSilent(name, heard)) {
                LOG.warn("schedule {} has not succeeded since {}", name, heard);
                events.publishEvent(new NightlyMissing(name, heard));
            }
        } else if (schedules.markHeard(name)) {
            LOG.info("schedule {} is not silent any more", name);
        }
    }

    /// Since when silence is counted.
    private static Instant heard(ScheduleState state) {
        var success = state.lastSuccess();
        return success != null && success.isAfter(state.watchedSince()) ? success : state.watchedSince();
    }

    /// Whether a fire was planned since, so long ago that it should have ended: nobody misses Friday's on a
    /// Saturday where there are none at the weekend.
    private static boolean isOverdue(Schedule schedule, Instant heard, Instant now) {
        return schedule.times()
                .next(heard)
                .filter(planned ->
                        planned.plus(SILENCE).minus(Duration.ofDays(1)).isBefore(now))
                .isPresent();
    }

    private static boolean isDaily(Schedule schedule, Instant now) {
        if (!schedule.enabled()) {
            return false;
        }
        var times = schedule.times();
        return times.next(now)
                .flatMap(first -> times.next(first).filter(second -> !second.isAfter(first.plus(DAILY))))
                .isPresent();
    }
}
