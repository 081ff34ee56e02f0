package dyno.result;

import static java.time.ZoneOffset.UTC;

import java.time.InstantSource;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/// Runs that do not count in history. Safe for any number of threads.
@Repository
class ExclusionStore {

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final BaselineStore baselines;

    ExclusionStore(JdbcClient jdbc, InstantSource clock, BaselineStore baselines) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.baselines = baselines;
    }

    /// @return whether there is such a run
    /// @throws dyno.web.ProblemException `run-in-use` where it is a baseline
    @Transactional
    boolean exclude(UUID run, String reason) {
        baselines.lock(run);
        baselines.requireNone(run);
        return jdbc.sql("""
                INSERT INTO run_exclusion (run_id, reason, created_at)
                SELECT id, :reason, :at
                FROM run
                WHERE id = :run
                  AND deleted_at IS NULL
                ON CONFLICT (run_id) DO UPDATE
                SET reason = excluded.reason
                """)
                        .param("run", run)
                        .param("reason", reason)
                        .param("at", clock.instant().atOffset(UTC))
                        .update()
                > 0;
    }

    /// @return whether it was excluded
    boolean include(UUID run) {
        return jdbc.sql("DELETE FROM run_exclusion WHERE run_id = :run")
                        .param("run", run)
                        .update()
                > 0;
    }
}
