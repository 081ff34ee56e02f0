package dyno.result;

import static dyno.result.RunReader.instant;
import static java.time.ZoneOffset.UTC;

import dyno.measurement.Interval;
import dyno.measurement.Score.Better;
import dyno.web.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.MappedQuerySpec;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/// Scores of cases over time. Measured runs count that are not partial; reruns stay beside the run
/// they confirm.
@Repository
class HistoryStore {

    private static final String POINTS = """
            SELECT run.id, run.started_at, run.facts -> 'build.commit' ->> 'value' AS commit,
                   CASE WHEN run.facts -> 'build.commit' ->> 'value' IS NULL
                        THEN COALESCE(run.facts -> 'build.commit' ->> 'reason', 'NOT_RECORDED') END AS commit_reason,
                   case_result.score, case_result.ci95_low, case_result.ci95_high,
                   case_result.result -> 'score' ->> 'ci95Reason' AS ci95_reason,
                   run.grade, run.grade_reason, run_exclusion.reason
            FROM case_result
            JOIN run ON run.id = case_result.run_id
            LEFT JOIN run_exclusion ON run_exclusion.run_id = run.id
            WHERE case_result.name = :case
              AND case_result.workload_digest = :workload
              AND case_result.input_digest IS NOT DISTINCT FROM CAST(:input AS text)
              AND case_result.score_unit = :unit
              AND case_result.score > 0
              AND run.engine = :engine
              AND run.fingerprint = :fingerprint
              AND run.mode = 'MEASURE'
              AND run.deleted_at IS NULL
              AND NOT run.partial
              AND run.labels @> CAST(:labels AS jsonb)
            """;

    private static final String THAT_COUNT = """
            AND run_exclusion.run_id IS NULL
            AND run.grade IS DISTINCT FROM 'D'
            """;

    private static final String NEWEST_FIRST = """
            ORDER BY run.started_at DESC, run.id DESC
            LIMIT :limit
            """;

    private static final String OLDEST_FIRST = """
            ORDER BY run.started_at, run.id
            LIMIT :limit
            """;

    private final JdbcClient jdbc;
    private final StoredJson json = new StoredJson();

    HistoryStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The series of the newest run that has the case and counts, of the newest that does not where none
    /// does; empty where no run has it.
    Optional<Series> series(HistoryFilter filter) {
        return jdbc.sql("""
                SELECT run.engine, case_result.name, run.fingerprint, workload_digest, input_digest, score_unit,
                       result -> 'score' ->> 'better' AS better
                FROM case_result
                JOIN run ON run.id = case_result.run_id
                LEFT JOIN run_exclusion ON run_exclusion.run_id = run.id
                WHERE case_result.name = :case
                  AND case_result.score > 0
                  AND run.engine = :engine
                  AND run.mode = 'MEASURE'
                  AND run.deleted_at IS NULL
                  AND NOT run.partial
                  AND (CAST(:fingerprint AS text) IS NULL OR run.fingerprint = :fingerprint)
                  AND run.labels @> CAST(:labels AS jsonb)
                ORDER BY run_exclusion.run_id IS NOT NULL OR run.grade IS NOT DISTINCT FROM 'D',
                         run.started_at DESC, run.id DESC
                LIMIT 1
                """)
                .param("case", filter.caseName())
                .param("engine", filter.engine())
                .param("fingerprint", filter.fingerprint())
                .param("labels", json.write(filter.labels()))
                .query((row, number) -> series(row, filter.labels()))
                .optional();
    }

    /// The series that a run's case belongs to; empty where the case has no score, and for runs that
    /// belong to no series: smoke runs and partial ones.
    Optional<Series> series(UUID run, String caseName, Map<String, String> labels) {
        return jdbc.sql("""
                SELECT run.engine, case_result.name, run.fingerprint, workload_digest, input_digest, score_unit,
                       result -> 'score' ->> 'better' AS better
                FROM case_result
                JOIN run ON run.id = case_result.run_id
                WHERE run.id = :run
                  AND run.mode = 'MEASURE'
                  AND run.deleted_at IS NULL
                  AND NOT run.partial
                  AND case_result.name = :case
                  AND case_result.score > 0
                """)
                .param("run", run)
                .param("case", caseName)
                .query((row, number) -> series(row, labels))
                .optional();
    }

    /// The newest points, oldest first.
    ///
    /// @param limit        how many at most
    /// @param withExcluded whether those that do not count are among them
    List<HistoryPoint> newest(Series series, int limit, boolean withExcluded) {
        var counted = withExcluded ? "" : THAT_COUNT;
        return points(POINTS + counted + NEWEST_FIRST, series, limit).list().reversed();
    }

    /// The newest points that count of runs before another, oldest first.
    List<HistoryPoint> before(Series series, Cursor run, int limit) {
        var earlier = "AND (run.started_at, run.id) < (:at, :id)\n";
        return points(POINTS + THAT_COUNT + earlier + NEWEST_FIRST, series, limit, run)
                .list()
                .reversed();
    }

    /// The points that count of a run and those after it, oldest first.
    List<HistoryPoint> from(Series series, Cursor run, int limit) {
        var later = "AND (run.started_at, run.id) >= (:at, :id)\n";
        return points(POINTS + THAT_COUNT + later + OLDEST_FIRST, series, limit, run)
                .list();
    }

    private MappedQuerySpec<HistoryPoint> points(String sql, Series series, int limit) {
        return statement(sql, series, limit).query((row, number) -> point(row));
    }

    private MappedQuerySpec<HistoryPoint> points(String sql, Series series, int limit, Cursor run) {
        return statement(sql, series, limit)
                .param("at", run.instant().atOffset(UTC))
                .param("id", run.id())
                .query((row, number) -> point(row));
    }

    private StatementSpec statement(String sql, Series series, int limit) {
        return jdbc.sql(sql)
                .param("case", series.caseName())
                .param("workload", series.workloadDigest())
                .param("input", series.inputDigest())
                .param("unit", series.unit())
                .param("engine", series.engine())
                .param("fingerprint", series.fingerprint())
                .param("labels", json.write(series.labels()))
                .param("limit", limit);
    }

    private static Series series(ResultSet row, Map<String, String> labels) throws SQLException {
        return new Series(
                row.getString("engine"),
                row.getString("name"),
                row.getString("fingerprint"),
                row.getString("workload_digest"),
                row.getString("input_digest"),
                row.getString("score_unit"),
                Better.valueOf(row.getString("better")),
                labels);
    }

    private static HistoryPoint point(ResultSet row) throws SQLException {
        double low = row.getDouble("ci95_low");
        var interval = row.wasNull() ? null : new Interval(low, row.getDouble("ci95_high"));
        var grade = row.getString("grade");
        var reason = row.getString("reason");
        if (reason == null && "D".equals(grade)) {
            reason = "GRADE_D";
        }
        return new HistoryPoint(
                row.getObject("id", UUID.class),
                instant(row, "started_at"),
                row.getString("commit"),
                row.getString("commit_reason"),
                row.getDouble("score"),
                interval,
                row.getString("ci95_reason"),
                grade,
                row.getString("grade_reason"),
                reason != null,
                reason);
    }
}
