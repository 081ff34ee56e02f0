package dyno.result;

import static java.time.ZoneOffset.UTC;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The newest score of each case of suites, for those who show the current state. Safe for any number of
/// threads.
@Repository
public class LatestCases {

    /// What nobody has measured for longer is no current state; a case that was renamed would be shown for
    /// good.
    static final Duration CURRENT = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final StoredJson json = new StoredJson();

    LatestCases(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// @param suite      the run's label `suite`
    /// @param job        the run's label `job`; null where it has none
    /// @param finishedAt the run's end
    public record LatestCase(
            String engine, String suite, @Nullable String job, Instant finishedAt, CaseResult result) {}

    /// Of complete measured runs of the last 30 days, those that were measured last first.
    ///
    /// @param suites whose cases are wanted
    /// @param most   how many at most
    public List<LatestCase> ofSuites(Set<String> suites, int most) {
        return jdbc.sql("""
                SELECT engine, suite, job, finished_at, result
                FROM (
                    SELECT DISTINCT ON (run.engine, run.labels ->> 'suite', run.labels ->> 'job', case_result.name)
                           run.engine, run.labels ->> 'suite' AS suite, run.labels ->> 'job' AS job, run.started_at,
                           run.finished_at, case_result.name, case_result.result
                    FROM run
                    JOIN case_result ON case_result.run_id = run.id
                    WHERE run.mode = 'MEASURE'
                      AND run.started_at > :since
                      AND run.labels ->> 'suite' = ANY (CAST(:suites AS text[]))
                      AND run.deleted_at IS NULL
                      AND NOT run.partial
                      AND NOT run.imported
                      AND case_result.score IS NOT NULL
                    ORDER BY run.engine, run.labels ->> 'suite', run.labels ->> 'job', case_result.name,
                             run.started_at DESC, run.id DESC) AS newest
                ORDER BY started_at DESC, engine, suite, job, name
                LIMIT :most
                """)
                .param("since", clock.instant().minus(CURRENT).atOffset(UTC))
                .param("suites", suites.toArray(String[]::new))
                .param("most", most)
                .query((row, number) -> new LatestCase(
                        row.getString("engine"),
                        row.getString("suite"),
                        row.getString("job"),
                        row.getObject("finished_at", OffsetDateTime.class).toInstant(),
                        json.read(row.getString("result"), CaseResult.class)))
                .list();
    }
}
