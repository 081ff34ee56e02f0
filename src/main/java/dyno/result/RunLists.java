package dyno.result;

import static dyno.result.RunReader.instant;
import static java.time.ZoneOffset.UTC;

import dyno.environment.Environment.Fact;
import dyno.web.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Runs and environments, newest first.
///
/// Lists hold one item more than was asked for, where there is one, so that callers see whether there is a
/// next page.
@Repository
class RunLists {

    private final JdbcClient jdbc;
    private final StoredJson json = new StoredJson();

    RunLists(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param after where the previous page ended; null for the first
    List<RunSummary> runs(RunFilter filter, int limit, @Nullable Cursor after) {
        return jdbc.sql("""
                SELECT id, job_id, engine, plan, started_at, finished_at, labels, reason, partial, imported,
                       fingerprint, grade, grade_reason, quality_warnings, cases
                FROM run
                WHERE mode = :mode
                  AND deleted_at IS NULL
                  AND (CAST(:engine AS text) IS NULL OR engine = :engine)
                  AND labels @> CAST(:labels AS jsonb)
                  AND (CAST(:since AS timestamptz) IS NULL OR started_at >= :since)
                  AND (CAST(:until AS timestamptz) IS NULL OR started_at < :until)
                  AND (CAST(:afterId AS uuid) IS NULL OR (started_at, id) < (:afterAt, :afterId))
                ORDER BY started_at DESC, id DESC
                LIMIT :limit
                """)
                .param("mode", filter.mode().name())
                .param("engine", filter.engine())
                .param("labels", json.write(filter.labels()))
                .param("since", utc(filter.since()))
                .param("until", utc(filter.until()))
                .param("afterAt", after == null ? null : utc(after.instant()))
                .param("afterId", after == null ? null : after.id())
                .param("limit", limit + 1)
                .query((row, number) -> summary(row))
                .list();
    }

    private RunSummary summary(ResultSet row) throws SQLException {
        return new RunSummary(
                row.getObject("id", UUID.class),
                row.getObject("job_id", UUID.class),
                row.getString("engine"),
                RunReader.plan(row, json),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                json.readMap(row.getString("labels"), String.class),
                row.getString("reason"),
                row.getBoolean("partial"),
                row.getBoolean("imported"),
                row.getString("fingerprint"),
                RunReader.grading(row),
                row.getInt("cases"));
    }

    /// @param after where the previous page ended; null for the first
    List<SeenEnvironment> environments(int limit, @Nullable Cursor after) {
        return jdbc.sql("""
                SELECT id, fingerprint, first_seen_at, last_seen_at, facts,
                       (SELECT count(*)
                        FROM run
                        WHERE run.fingerprint = environment.fingerprint
                          AND run.deleted_at IS NULL) AS runs
                FROM environment
                WHERE CAST(:afterId AS uuid) IS NULL OR (first_seen_at, id) < (:afterAt, :afterId)
                ORDER BY first_seen_at DESC, id DESC
                LIMIT :limit
                """)
                .param("afterAt", after == null ? null : utc(after.instant()))
                .param("afterId", after == null ? null : after.id())
                .param("limit", limit + 1)
                .query((row, number) -> environment(row))
                .list();
    }

    Optional<SeenEnvironment> environment(String fingerprint) {
        return jdbc.sql("""
                SELECT id, fingerprint, first_seen_at, last_seen_at, facts,
                       (SELECT count(*)
                        FROM run
                        WHERE run.fingerprint = environment.fingerprint
                          AND run.deleted_at IS NULL) AS runs
                FROM environment
                WHERE fingerprint = :fingerprint
                """)
                .param("fingerprint", fingerprint)
                .query((row, number) -> environment(row))
                .optional();
    }

    private SeenEnvironment environment(ResultSet row) throws SQLException {
        return new SeenEnvironment(
                row.getObject("id", UUID.class),
                row.getString("fingerprint"),
                instant(row, "first_seen_at"),
                instant(row, "last_seen_at"),
                row.getLong("runs"),
                json.readMap(row.getString("facts"), Fact.class));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(UTC);
    }
}
