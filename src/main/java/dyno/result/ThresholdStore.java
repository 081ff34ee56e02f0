package dyno.result;

import static dyno.result.RunReader.instant;
import static java.time.ZoneOffset.UTC;

import dyno.measurement.Boundary.Rule;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Shown;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Thresholds in PostgreSQL. Safe for any number of threads.
@Repository
class ThresholdStore {

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final StoredJson json = new StoredJson();

    ThresholdStore(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Creates or replaces.
    ///
    /// @return whether it is new
    boolean put(String name, ThresholdChange change) {
        return jdbc.sql("""
                INSERT INTO threshold (name, engine, case_name, labels, rule, limit_value, min_samples, window_runs,
                                       created_at, updated_at)
                VALUES (:name, :engine, :case, CAST(:labels AS jsonb), :rule, :limit, :minSamples, :window, :at, :at)
                ON CONFLICT (name) DO UPDATE
                SET engine = excluded.engine,
                    case_name = excluded.case_name,
                    labels = excluded.labels,
                    rule = excluded.rule,
                    limit_value = excluded.limit_value,
                    min_samples = excluded.min_samples,
                    window_runs = excluded.window_runs,
                    updated_at = excluded.updated_at
                RETURNING xmax = 0 AS is_new
                """)
                .param("name", name)
                .param("engine", change.engine())
                .param("case", change.caseName())
                .param("labels", json.write(change.labels()))
                .param("rule", change.rule().name())
                .param("limit", change.limit())
                .param("minSamples", change.minSamples())
                .param("window", change.window())
                .param("at", clock.instant().atOffset(UTC))
                .query(Boolean.class)
                .single();
    }

    List<Threshold> all() {
        return jdbc.sql("""
                SELECT name, engine, case_name, labels, rule, limit_value, min_samples, window_runs,
                       created_at, updated_at
                FROM threshold
                ORDER BY name
                """).query((row, number) -> threshold(row)).list();
    }

    /// Those that a run's cases are held against.
    List<Threshold> of(Run run) {
        return jdbc.sql("""
                SELECT name, engine, case_name, labels, rule, limit_value, min_samples, window_runs,
                       created_at, updated_at
                FROM threshold
                WHERE engine = :engine
                  AND labels <@ CAST(:labels AS jsonb)
                ORDER BY name
                """)
                .param("engine", run.engine())
                .param("labels", json.write(run.labels()))
                .query((row, number) -> threshold(row))
                .list();
    }

    /// @throws ProblemException `not-found`
    Threshold require(String name) {
        return jdbc.sql("""
                SELECT name, engine, case_name, labels, rule, limit_value, min_samples, window_runs,
                       created_at, updated_at
                FROM threshold
                WHERE name = :name
                """)
                .param("name", name)
                .query((row, number) -> threshold(row))
                .optional()
                .orElseThrow(() ->
                        new ProblemException(ProblemCode.NOT_FOUND, "There is no threshold " + Shown.value(name)));
    }

    /// @return whether there was one
    boolean delete(String name) {
        return jdbc.sql("DELETE FROM threshold WHERE name = :name")
                        .param("name", name)
                        .update()
                > 0;
    }

    private Threshold threshold(ResultSet row) throws SQLException {
        return new Threshold(
                row.getString("name"),
                row.getString("engine"),
                row.getString("case_name"),
                json.readMap(row.getString("labels"), String.class),
                Rule.valueOf(row.getString("rule")),
                row.getDouble("limit_value"),
                row.getInt("min_samples"),
                row.getInt("window_runs"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }
}
