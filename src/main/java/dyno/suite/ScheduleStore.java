package dyno.suite;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Tables `schedule` and `schedule_fire`. Every method joins the transaction of the calling thread. Safe
/// for any number of threads.
final class ScheduleStore {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ScheduleRow rows = new ScheduleRow();

    ScheduleStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// @return false where there is one of the name
    boolean add(Schedule schedule, @Nullable Instant nextFire, Instant now) {
        return jdbc.sql("""
                                INSERT INTO schedule (
                                    name, cron, zone, suite, job, enabled, misfire, overlap, next_fire, watched_since)
                                VALUES (
                                    :name, :cron, :zone, :suite, CAST(:job AS json), :enabled, :misfire, :overlap,
                                    :nextFire, :now)
                                ON CONFLICT (name) DO NOTHING
                                """)
                        .param("name", schedule.name())
                        .param("cron", schedule.cron())
                        .param("zone", schedule.zone().getId())
                        .param("suite", schedule.suite())
                        .param("job", job(schedule))
                        .param("enabled", schedule.enabled())
                        .param("misfire", schedule.misfire().name())
                        .param("overlap", schedule.overlap().name())
                        .param("nextFire", timestamp(nextFire))
                        .param("now", timestamp(now))
                        .update()
                == 1;
    }

    /// @return false where there is none of the name
    boolean replace(Schedule schedule, @Nullable Instant nextFire, Instant now) {
        return jdbc.sql("""
                                UPDATE schedule
                                SET cron = :cron, zone = :zone, suite = :suite, job = CAST(:job AS json),
                                    enabled = :enabled, misfire = :misfire, overlap = :overlap,
                                    next_fire = :nextFire, watched_since = :now
                                WHERE name = :name
                                """)
                        .param("name", schedule.name())
                        .param("cron", schedule.cron())
                        .param("zone", schedule.zone().getId())
                        .param("suite", schedule.suite())
                        .param("job", job(schedule))
                        .param("enabled", schedule.enabled())
                        .param("misfire", schedule.misfire().name())
                        .param("overlap", schedule.overlap().name())
                        .param("nextFire", timestamp(nextFire))
                        .param("now", timestamp(now))
                        .update()
                == 1;
    }

    /// @return false where there is none of the name
    boolean remove(String name) {
        return jdbc.sql("DELETE FROM schedule WHERE name = :name")
                        .param("name", name)
                        .update()
                == 1;
    }

    /// All by name, each with its last fire.
    List<ScheduleState> all() {
        return states(null);
    }

    Optional<ScheduleState> find(String name) {
        return states(name).stream().findFirst();
    }

    /// Names of those that are due, the longest due first.
    List<String> due(Instant now) {
        return jdbc.sql("""
                        SELECT name
                        FROM schedule
                        WHERE next_fire <= :now
                        ORDER BY next_fire, name
                        """)
                .param("now", timestamp(now))
                .query((row, number) -> row.getString("name"))
                .list();
    }

    /// Locks a schedule that is still due; empty where it is not, or where another node is at it.
    Optional<ScheduleState> lockDue(String name, Instant now) {
        return jdbc.sql("""
                        SELECT name
                        FROM schedule
                        WHERE name = :name AND next_fire <= :now
                        FOR UPDATE SKIP LOCKED
                        """)
                .param("name", name)
                .param("now", timestamp(now))
                .query(String.class)
                .optional()
                .flatMap(this::find);
    }

    void moveOn(String name, @Nullable Instant nextFire, int misfires) {
        jdbc.sql("""
                        UPDATE schedule
                        SET next_fire = :nextFire, misfires = misfires + :misfires
                        WHERE name = :name
                        """)
                .param("name", name)
                .param("nextFire", timestamp(nextFire))
                .param("misfires", misfires)
                .update();
    }

    /// @return false where it waits for something else than `from` by now, or has fired for `to`: this node's
    ///         clock is behind then
    boolean bringBack(String name, Instant from, Instant to) {
        return jdbc.sql("""
                                UPDATE schedule
                                SET next_fire = :to
                                WHERE name = :name
                                    AND next_fire = :from
                                    AND NOT EXISTS (
                                        SELECT 1 FROM schedule_fire WHERE schedule = :name AND planned_at = :to)
                                """)
                        .param("name", name)
                        .param("from", timestamp(from))
                        .param("to", timestamp(to))
                        .update()
                == 1;
    }

    /// Remembers that a schedule is silent.
    ///
    /// @return false where that was known
    boolean markSilent(String name, Instant since) {
        return jdbc.sql("""
                                UPDATE schedule
                                SET silent_since = :since
                                WHERE name = :name AND silent_since IS DISTINCT FROM :since
                                """)
                        .param("name", name)
                        .param("since", timestamp(since))
                        .update()
                == 1;
    }

    /// @return false where it was not known to be silent
    boolean markHeard(String name) {
        return jdbc.sql("""
                                UPDATE schedule
                                SET silent_since = NULL
                                WHERE name = :name AND silent_since IS NOT NULL
                                """).param("name", name).update() == 1;
    }

    /// Whether jobs of an earlier fire still wait or run.
    boolean isUnfinished(String name) {
        return jdbc.sql("""
                        SELECT EXISTS (
                            SELECT 1
                            FROM schedule_fire
                            JOIN job ON job.id = ANY (schedule_fire.jobs)
                            WHERE schedule_fire.schedule = :name AND job.state IN ('QUEUED', 'RUNNING'))
                        """).param("name", name).query(Boolean.class).single();
    }

    private List<ScheduleState> states(@Nullable String name) {
        return jdbc.sql("""
                        SELECT
                            s.name, s.cron, s.zone, s.suite, s.job, s.enabled, s.misfire, s.overlap, s.next_fire,
                            s.misfires, s.watched_since, f.planned_at, f.fired_at, f.decision, f.reason,
                            f.suite_run, f.jobs, f.open, f.unsuccessful, g.last_success
                        FROM schedule s
                        LEFT JOIN LATERAL (
                            SELECT
                                planned_at, fired_at, decision, reason, suite_run, jobs,
                                (SELECT count(*) FROM job WHERE id = ANY (jobs) AND state IN ('QUEUED', 'RUNNING'))
                                    AS open,
                                cardinality(jobs)
                                    - (SELECT count(*) FROM job WHERE id = ANY (jobs) AND state = 'SUCCEEDED')
                                    AS unsuccessful
                            FROM schedule_fire
                            WHERE schedule = s.name
                            ORDER BY fired_at DESC, planned_at DESC
                            LIMIT 1) f ON true
                        LEFT JOIN LATERAL (
                            SELECT max(ended) AS last_success
                            FROM (
                                SELECT max(job.finished_at) AS ended
                                FROM schedule_fire
                                JOIN job ON job.id = ANY (schedule_fire.jobs)
                                WHERE schedule_fire.schedule = s.name
                                GROUP BY schedule_fire.planned_at, cardinality(schedule_fire.jobs)
                                HAVING count(*) FILTER (WHERE job.state = 'SUCCEEDED')
                                    = cardinality(schedule_fire.jobs)) successes
                            -- What a node says whose clock is ahead would count until that time has come.
                            WHERE ended < now() + interval '1 day') g ON true
                        WHERE CAST(:name AS text) IS NULL OR s.name = :name
                        ORDER BY s.name
                        """).param("name", name).query(rows).list();
    }

    private @Nullable String job(Schedule schedule) {
        return schedule.job() == null ? null : json.writeValueAsString(schedule.job());
    }

    static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
