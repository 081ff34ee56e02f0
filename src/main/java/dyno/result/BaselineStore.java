package dyno.result;

import static dyno.result.RunReader.instant;
import static java.time.ZoneOffset.UTC;

import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Shown;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/// Baselines in PostgreSQL. Safe for any number of threads.
@Repository
class BaselineStore {

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final StoredJson json = new StoredJson();

    BaselineStore(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Creates or replaces.
    ///
    /// @return whether it is new; empty, with nothing stored, where the run is no baseline by now
    @Transactional
    Optional<Boolean> put(String name, @Nullable UUID run, @Nullable Map<String, String> labels) {
        if (run != null) {
            lock(run);
            if (standing(run) != Standing.GOOD) {
                return Optional.empty();
            }
        }
        return jdbc.sql("""
                INSERT INTO baseline (name, run_id, labels, created_at, updated_at)
                VALUES (:name, :run, CAST(:labels AS jsonb), :at, :at)
                ON CONFLICT (name) DO UPDATE
                SET run_id = excluded.run_id,
                    labels = excluded.labels,
                    updated_at = excluded.updated_at
                RETURNING xmax = 0 AS is_new
                """)
                .param("name", name)
                .param("run", run)
                .param("labels", labels == null ? null : json.write(labels))
                .param("at", clock.instant().atOffset(UTC))
                .query(Boolean.class)
                .optional();
    }

    List<Baseline> all() {
        return jdbc.sql("""
                SELECT name, run_id, labels, created_at, updated_at
                FROM baseline
                ORDER BY name
                """).query((row, number) -> baseline(row)).list();
    }

    /// @throws ProblemException `not-found`
    Baseline require(String name) {
        return jdbc.sql("""
                SELECT name, run_id, labels, created_at, updated_at
                FROM baseline
                WHERE name = :name
                """)
                .param("name", name)
                .query((row, number) -> baseline(row))
                .optional()
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.NOT_FOUND, "There is no baseline " + Shown.value(name)));
    }

    /// @return whether there was one
    boolean delete(String name) {
        return jdbc.sql("DELETE FROM baseline WHERE name = :name")
                        .param("name", name)
                        .update()
                > 0;
    }

    /// @throws ProblemException `run-in-use` where baselines are this run
    void requireNone(UUID run) {
        var names = jdbc.sql("""
                SELECT name
                FROM baseline
                WHERE run_id = :run
                ORDER BY name
                """)
                .param("run", run)
                .query((row, number) -> row.getString("name"))
                .list();
        if (!names.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.RUN_IN_USE,
                    "Run %s is %s %s"
                            .formatted(
                                    run, names.size() == 1 ? "baseline" : "the baselines", String.join(", ", names)));
        }
    }

    /// Holds a run until the transaction ends against others who delete it, exclude it, or make it a baseline.
    void lock(UUID run) {
        jdbc.sql("SELECT id FROM run WHERE id = :run FOR UPDATE")
                .param("run", run)
                .query(UUID.class)
                .optional();
    }

    /// Whether a run may be a baseline.
    enum Standing {
        GOOD,
        MISSING,
        SMOKE,
        PARTIAL,
        GRADE_D,
        EXCLUDED
    }

    Standing standing(UUID run) {
        return jdbc.sql("""
                SELECT CASE WHEN mode = 'SMOKE' THEN 'SMOKE'
                            WHEN partial THEN 'PARTIAL'
                            WHEN grade = 'D' THEN 'GRADE_D'
                            WHEN EXISTS (SELECT 1 FROM run_exclusion WHERE run_id = run.id) THEN 'EXCLUDED'
                            ELSE 'GOOD' END
                FROM run
                WHERE id = :run
                  AND deleted_at IS NULL
                """)
                .param("run", run)
                .query(String.class)
                .optional()
                .map(Standing::valueOf)
                .orElse(Standing.MISSING);
    }

    /// The run that a candidate is compared with: the baseline's, or the latest good one before the
    /// candidate that carries its labels, on the candidate's machine where there is one.
    Optional<UUID> resolve(Baseline baseline, Run candidate) {
        var labels = baseline.labels();
        return labels == null
                ? Optional.ofNullable(baseline.runId())
                : latestGood(candidate, ofSameJob(labels, candidate));
    }

    private static Map<String, String> ofSameJob(Map<String, String> labels, Run candidate) {
        var wanted = SameJob.labels(candidate);
        wanted.putAll(labels);
        return wanted;
    }

    private Optional<UUID> latestGood(Run candidate, Map<String, String> labels) {
        return jdbc.sql("""
                SELECT id
                FROM run
                WHERE mode = 'MEASURE'
                  AND deleted_at IS NULL
                  AND engine = :engine
                  AND labels @> CAST(:labels AS jsonb)
                  AND (started_at, id) < (:startedAt, :candidate)
                  AND NOT partial
                  AND (grade IS NULL OR grade <> 'D')
                  AND NOT EXISTS (SELECT 1 FROM run_exclusion WHERE run_exclusion.run_id = run.id)
                ORDER BY fingerprint = :fingerprint DESC, started_at DESC, id DESC
                LIMIT 1
                """)
                .param("engine", candidate.engine())
                .param("labels", json.write(labels))
                .param("startedAt", candidate.startedAt().atOffset(UTC))
                .param("candidate", candidate.id())
                .param("fingerprint", candidate.environment().fingerprint())
                .query(UUID.class)
                .optional();
    }

    private Baseline baseline(ResultSet row) throws SQLException {
        var labels = row.getString("labels");
        return new Baseline(
                row.getString("name"),
                row.getObject("run_id", UUID.class),
                labels == null ? null : json.readMap(labels, String.class),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }
}
