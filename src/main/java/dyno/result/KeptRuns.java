package dyno.result;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Runs that no policy takes away, however old they are, beside those that are spared for good
/// (`run.spared`). Safe for any number of threads.
@Repository
class KeptRuns {

    private final JdbcClient jdbc;
    private final ObjectProvider<Reruns> reruns;

    KeptRuns(JdbcClient jdbc, ObjectProvider<Reruns> reruns) {
        this.jdbc = jdbc;
        this.reruns = reruns;
    }

    /// Baselines, runs behind alerts that nobody dismissed, and runs that are being measured again.
    Set<UUID> ids() {
        var kept = new HashSet<UUID>();
        kept.addAll(named());
        kept.addAll(latestGood());
        reruns.ifAvailable(queue -> kept.addAll(queue.unfinished().keySet()));
        return Set.copyOf(kept);
    }

    private Set<UUID> named() {
        return Set.copyOf(jdbc.sql("""
                SELECT run_id
                FROM baseline
                WHERE run_id IS NOT NULL
                UNION
                SELECT run_id
                FROM alert
                WHERE run_id IS NOT NULL
                  AND state <> 'DISMISSED'
                UNION
                SELECT CAST(details ->> 'suspectedBy' AS uuid)
                FROM alert
                WHERE kind = 'REGRESSION'
                  AND state <> 'DISMISSED'
                  AND details ->> 'suspectedBy' IS NOT NULL
                """).query(UUID.class).list());
    }

    /// What baselines by labels stand for: of each engine, job and machine the newest good run, and the one
    /// before it, which the newest itself is compared with.
    private Set<UUID> latestGood() {
        return Set.copyOf(jdbc.sql("""
                SELECT DISTINCT id
                FROM (
                    SELECT run.id,
                           row_number() OVER (
                               PARTITION BY baseline.name, run.engine, run.fingerprint, run.labels ->> 'suite',
                                            run.labels ->> 'job'
                               ORDER BY run.started_at DESC, run.id DESC) AS place
                    FROM baseline
                    JOIN run ON run.labels @> baseline.labels
                    WHERE run.mode = 'MEASURE'
                      AND run.deleted_at IS NULL
                      AND NOT run.partial
                      AND (run.grade IS NULL OR run.grade <> 'D')
                      AND NOT EXISTS (SELECT 1 FROM run_exclusion WHERE run_exclusion.run_id = run.id)) AS good
                WHERE place <= 2
                """).query(UUID.class).list());
    }
}
