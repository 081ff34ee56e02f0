package dyno.suite;

import dyno.suite.Fire.Decision;
import dyno.suite.FireStore.Entry;
import dyno.suite.Schedule.Misfire;
import dyno.suite.Schedule.Overlap;
import dyno.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// Fires schedules that are due: each time once, on whichever node. What is submitted, the record of it
/// and the next time are one transaction. Safe for any number of threads and nodes.
final class Fires {

    private static final Logger LOG = LoggerFactory.getLogger(Fires.class);

    /// A node that dies while it fires is noticed by another within half of this.
    static final Duration TOLERANCE = Duration.ofMinutes(1);

    private static final Duration KEPT = Duration.ofDays(90);

    private final ScheduleStore schedules;
    private final FireStore fires;
    private final ScheduleSubmitter submitter;
    private final InstantSource clock;
    private final TransactionTemplate transaction;
    private final TransactionTemplate savepoint;

    Fires(
            ScheduleStore schedules,
            FireStore fires,
            ScheduleSubmitter submitter,
            InstantSource clock,
            PlatformTransactionManager transactions) {
        this.schedules = schedules;
        this.fires = fires;
        this.submitter = submitter;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /// Fires whatever is due. What cannot be submitted just now stays due.
    void fireDue() {
        for (var name : schedules.due(clock.instant())) {
            try {
                // Some are due every second, and nobody looks that often.
                boolean isDue;
                do {
                    isDue = fireOne(name);
                } while (isDue);
            } catch (ProblemException e) {
                LOG.warn("schedule {} stays due: {}", name, e.getMessage());
            } catch (DataAccessException | TransactionException e) {
                throw e;
            } catch (RuntimeException e) {
                // One that cannot be fired must not keep those behind it from firing.
                LOG.error("schedule {} cannot be fired and stays due", name, e);
            }
        }
    }

    /// @return false where it is not due any more, or another node is at it
    private boolean fireOne(String name) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            var now = clock.instant();
            var due = schedules.lockDue(name, now);
            due.ifPresent(state -> fire(state, now));
            return due.isPresent();
        }));
    }

    /// Brings back schedules that wait for a later time than their next: they fired on a node whose clock was
    /// ahead. What was fired then is not fired again.
    void bringBack() {
        var now = clock.instant();
        for (var state : schedules.all()) {
            var name = state.schedule().name();
            var waitsFor = state.nextFire();
            if (waitsFor != null) {
                state.schedule().times().next(now).filter(waitsFor::isAfter).ifPresent(next -> {
                    if (schedules.bringBack(name, waitsFor, next)) {
                        LOG.warn("schedule {} waited for {}, a clock was ahead; it fires at {}", name, waitsFor, next);
                    }
                });
            }
        }
    }

    /// Submits now, whatever the cron line and the policies say, and records it.
    ///
    /// @throws ProblemException where it is refused; nothing is recorded then
    ScheduledSubmission trigger(Schedule schedule) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var now = clock.instant();
            var entry = new Entry(schedule.name(), now, now);
            // Somebody may have triggered it in the same microsecond, or the cron line may mean just that.
            while (!fires.claim(entry)) {
                entry = new Entry(schedule.name(), entry.plannedAt().plus(1, ChronoUnit.MICROS), now);
            }
            return submit(schedule, entry);
        }));
    }

    private void fire(ScheduleState state, Instant now) {
        var schedule = state.schedule();
        var times = schedule.times();
        var due = Objects.requireNonNull(state.nextFire());
        boolean isLate = due.plus(TOLERANCE).isBefore(now);
        var planned = isLate ? times.latest(due, now) : due;
        boolean isMissed = planned.plus(TOLERANCE).isBefore(now);
        var entry = new Entry(schedule.name(), planned, now);
        if (fires.claim(entry)) {
            decide(schedule, entry, isMissed);
        }
        fires.removeBefore(schedule.name(), now.minus(KEPT));
        schedules.moveOn(schedule.name(), times.next(planned).orElse(null), isLate ? 1 : 0);
    }

    private void decide(Schedule schedule, Entry entry, boolean isMissed) {
        if (isMissed && schedule.misfire() == Misfire.SKIP) {
            fires.decided(
                    entry,
                    Decision.MISSED,
                    "No service was there at %s, or the queue was full until %s was over"
                            .formatted(entry.plannedAt(), TOLERANCE));
        } else if (schedule.overlap() == Overlap.SKIP && schedules.isUnfinished(schedule.name())) {
            fires.decided(entry, Decision.SKIPPED, "Jobs of the fire before are not finished");
        } else {
            submitOrRecord(schedule, entry);
            return;
        }
        LOG.info("schedule {}: {} not fired", schedule.name(), entry.plannedAt());
    }

    private void submitOrRecord(Schedule schedule, Entry entry) {
        try {
            savepoint.executeWithoutResult(status -> submit(schedule, entry));
        } catch (ProblemException e) {
            switch (e.code()) {
                // These pass; the fire waits for it, until it is too late.
                case QUEUE_FULL, SHUTTING_DOWN -> throw e;
                default -> {
                    LOG.warn("schedule {} refused: {}", schedule.name(), e.getMessage());
                    fires.decided(entry, Decision.REFUSED, String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private ScheduledSubmission submit(Schedule schedule, Entry entry) {
        var submitted = submitter.submit(schedule);
        if (submitted.jobs().isEmpty()) {
            fires.decided(entry, Decision.REFUSED, submitted.whyEmpty());
        } else {
            fires.submitted(entry, submitted.suiteRun(), submitted.jobIds());
        }
        LOG.info(
                "schedule {} fired for {}: {} jobs",
                schedule.name(),
                entry.plannedAt(),
                submitted.jobs().size());
        return submitted;
    }
}
