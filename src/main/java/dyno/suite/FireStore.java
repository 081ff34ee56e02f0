package dyno.suite;

import static dyno.suite.ScheduleStore.timestamp;

import dyno.suite.Fire.Decision;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Table `schedule_fire`. Every method joins the transaction of the calling thread. Safe for any number
/// of threads.
final class FireStore {

    private final JdbcClient jdbc;

    FireStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What was decided about one time.
    record Entry(String schedule, Instant plannedAt, Instant firedAt) {}

    /// @return false where the time has been fired already
    boolean claim(Entry entry) {
        return jdbc.sql("""
                                INSERT INTO schedule_fire (schedule, planned_at, fired_at, decision)
                                VALUES (:schedule, :plannedAt, :firedAt, 'SUBMITTED')
                                ON CONFLICT (schedule, planned_at) DO NOTHING
                                """)
                        .param("schedule", entry.schedule())
                        .param("plannedAt", timestamp(entry.plannedAt()))
                        .param("firedAt", timestamp(entry.firedAt()))
                        .update()
                == 1;
    }

    void submitted(Entry entry, @Nullable UUID suiteRun, List<UUID> jobs) {
        jdbc.sql("""
                        UPDATE schedule_fire
                        SET suite_run = :suiteRun, jobs = :jobs
                        WHERE schedule = :schedule AND planned_at = :plannedAt
                        """)
                .param("suiteRun", suiteRun)
                .param("jobs", jobs.toArray(UUID[]::new))
                .param("schedule", entry.schedule())
                .param("plannedAt", timestamp(entry.plannedAt()))
                .update();
    }

    void decided(Entry entry, Decision decision, String reason) {
        jdbc.sql("""
                        UPDATE schedule_fire
                        SET decision = :decision, reason = :reason
                        WHERE schedule = :schedule AND planned_at = :plannedAt
                        """)
                .param("decision", decision.name())
                .param("reason", reason)
                .param("schedule", entry.schedule())
                .param("plannedAt", timestamp(entry.plannedAt()))
                .update();
    }

    /// Forgets fires of long ago.
    void removeBefore(String schedule, Instant limit) {
        jdbc.sql("""
                        DELETE FROM schedule_fire
                        WHERE schedule = :schedule AND fired_at < :limit
                        """)
                .param("schedule", schedule)
                .param("limit", timestamp(limit))
                .update();
    }
}
