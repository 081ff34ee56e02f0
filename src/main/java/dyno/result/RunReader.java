package dyno.result;

import dyno.environment.Environment;
import dyno.environment.Environment.Fact;
import dyno.measurement.MeasuredFork;
import dyno.measurement.Plan;
import dyno.measurement.Sample;
import dyno.measurement.SampleTotals;
import dyno.result.Run.Quality;
import dyno.result.RunSummary.Grading;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Puts runs together again from the rows that [ResultStore] wrote.
final class RunReader {

    private final JdbcClient jdbc;
    private final StoredJson json;

    RunReader(JdbcClient jdbc, StoredJson json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<Run> find(UUID id, boolean withSamples) {
        return jdbc.sql("""
                SELECT id, job_id, engine, plan, started_at, finished_at, labels, reason, partial, imported,
                       fingerprint, facts, grade, grade_reason, quality_warnings, quality
                FROM run
                WHERE id = :id
                  AND deleted_at IS NULL
                """)
                .param("id", id)
                .query((row, number) -> run(row, cases(id, withSamples)))
                .optional();
    }

    private Run run(ResultSet row, List<CaseResult> cases) throws SQLException {
        return new Run(
                row.getObject("id", UUID.class),
                row.getObject("job_id", UUID.class),
                row.getString("engine"),
                plan(row, json),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                json.readMap(row.getString("labels"), String.class),
                row.getString("reason"),
                row.getBoolean("partial"),
                row.getBoolean("imported"),
                new Environment(row.getString("fingerprint"), json.readMap(row.getString("facts"), Fact.class)),
                quality(row),
                cases);
    }

    private List<CaseResult> cases(UUID run, boolean withSamples) {
        var cases = jdbc.sql("""
                SELECT result
                FROM case_result
                WHERE run_id = :run
                ORDER BY position
                """)
                .param("run", run)
                .query((row, number) -> json.read(row.getString("result"), CaseResult.class))
                .list();
        return withSamples ? withForks(cases, forks(run)) : cases;
    }

    private static List<CaseResult> withForks(List<CaseResult> cases, Map<Integer, List<MeasuredFork>> forks) {
        var complete = new ArrayList<CaseResult>(cases.size());
        for (int position = 0; position < cases.size(); position++) {
            complete.add(cases.get(position).withForks(forks.getOrDefault(position, List.of())));
        }
        return List.copyOf(complete);
    }

    private record PlacedFork(int casePosition, MeasuredFork fork) {}

    private Map<Integer, List<MeasuredFork>> forks(UUID run) {
        return jdbc
                .sql("""
                SELECT case_position, index, pid, elapsed_nanos, invocations, items, bytes, sample_totals, rest
                FROM fork
                WHERE run_id = :run
                ORDER BY case_position, index
                """)
                .param("run", run)
                .query((row, number) -> new PlacedFork(row.getInt("case_position"), fork(row)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        PlacedFork::casePosition, Collectors.mapping(PlacedFork::fork, Collectors.toList())));
    }

    private MeasuredFork fork(ResultSet row) throws SQLException {
        return json.read(row.getString("rest"), ForkRest.class)
                .with(row.getInt("index"), row.getLong("pid"), samples(row), totals(row));
    }

    private @Nullable SampleTotals totals(ResultSet row) throws SQLException {
        var totals = row.getString("sample_totals");
        return totals == null ? null : json.read(totals, SampleTotals.class);
    }

    private static List<Sample> samples(ResultSet row) throws SQLException {
        var elapsedNanos = longs(row.getArray("elapsed_nanos"));
        var invocations = longs(row.getArray("invocations"));
        var items = longs(row.getArray("items"));
        var bytes = longs(row.getArray("bytes"));
        var samples = new ArrayList<Sample>(elapsedNanos.length);
        for (int i = 0; i < elapsedNanos.length; i++) {
            samples.add(new Sample(elapsedNanos[i], invocations[i], items[i], bytes[i]));
        }
        return List.copyOf(samples);
    }

    private static Long[] longs(Array array) throws SQLException {
        return (Long[]) array.getArray();
    }

    /// Runs of before they were graded have no more than the three columns.
    private Quality quality(ResultSet row) throws SQLException {
        var whole = row.getString("quality");
        if (whole != null) {
            return json.read(whole, Quality.class);
        }
        var grading = grading(row);
        return new Quality(grading.grade(), grading.gradeReason(), grading.warnings());
    }

    static Grading grading(ResultSet row) throws SQLException {
        var warnings = (String[]) row.getArray("quality_warnings").getArray();
        return new Grading(row.getString("grade"), row.getString("grade_reason"), List.of(warnings));
    }

    static @Nullable Plan plan(ResultSet row, StoredJson json) throws SQLException {
        var plan = row.getString("plan");
        return plan == null ? null : json.read(plan, Plan.class);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
