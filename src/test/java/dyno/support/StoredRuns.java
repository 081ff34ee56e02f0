package dyno.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What holds of every run that was measured, whatever it measured: checked on all that a database holds.
public final class StoredRuns {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Times are stored in microseconds.
    private static final double ROUNDING_SECONDS = 2e-6;

    private StoredRuns() {}

    private record StoredFork(
            double wallSeconds, double seconds, String unit, List<Double> perSecond, JsonNode result) {}

    /// @return how many forks there were
    public static int check(Connection database) {
        var forks = JdbcClient.create(new SingleConnectionDataSource(database, true))
                .sql("""
                SELECT extract(epoch FROM run.finished_at - run.started_at) AS wall,
                       (SELECT sum(nanos) FROM unnest(fork.elapsed_nanos) AS nanos) / 1e9 AS seconds,
                       case_result.score_unit,
                       (SELECT json_agg((CASE WHEN case_result.score_unit = 'bytes/s' THEN b ELSE i END) / (e / 1e9))
                        FROM unnest(fork.elapsed_nanos, fork.items, fork.bytes) AS sample (e, i, b)) AS per_second,
                       case_result.result
                FROM fork
                JOIN case_result ON (case_result.run_id, case_result.position) = (fork.run_id, fork.case_position)
                JOIN run ON run.id = fork.run_id
                WHERE NOT run.imported
                  AND case_result.score IS NOT NULL
                """)
                .query((row, number) -> new StoredFork(
                        row.getDouble("wall"),
                        row.getDouble("seconds"),
                        row.getString("score_unit"),
                        StreamSupport.stream(
                                        JSON.readTree(row.getString("per_second"))
                                                .spliterator(),
                                        false)
                                .map(JsonNode::asDouble)
                                .toList(),
                        JSON.readTree(row.getString("result"))))
                .list();
        forks.forEach(StoredRuns::check);
        return forks.size();
    }

    private static void check(StoredFork fork) {
        var result = fork.result();
        var what = result.path("name").asString();
        // Iterations follow one another, so that those of a fork take no longer than the run.
        assertThat(fork.seconds()).as(what).isPositive().isLessThanOrEqualTo(fork.wallSeconds() + ROUNDING_SECONDS);
        var score = result.path("score");
        if (score.at("/ci95/0").isNumber()) {
            assertThat(score.path("value").asDouble())
                    .as(what)
                    .isBetween(
                            score.at("/ci95/0").asDouble(), score.at("/ci95/1").asDouble());
        }
        var seconds = result.path("secondsPerInvocation");
        var ascending = new ArrayList<Double>();
        for (var name : List.of("min", "median", "p95", "max")) {
            if (seconds.path(name).isNumber()) {
                ascending.add(seconds.path(name).asDouble());
            }
        }
        assertThat(ascending).as(what).hasSizeGreaterThanOrEqualTo(3).isSorted();
        // Throughput times time are the items: a score of one fork lies among its iterations'.
        if (score.path("forks").asInt() == 1) {
            assertThat(score.path("value").asDouble())
                    .as(what)
                    .isBetween(
                            fork.perSecond().stream().min(Double::compare).orElseThrow() * (1 - 1e-9),
                            fork.perSecond().stream().max(Double::compare).orElseThrow() * (1 + 1e-9));
        }
        var cpu = result.at("/resources/cpuSeconds");
        if (cpu.isNumber()) {
            assertThat(cpu.asDouble()).as(what).isNotNegative();
        }
    }
}
