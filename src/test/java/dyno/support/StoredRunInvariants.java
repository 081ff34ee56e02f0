package dyno.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What holds of every run that was measured, read from the tables themselves.
public final class StoredRunInvariants {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double NANOS = 1e9;

    private static final String CASES = """
            SELECT run.id, run.started_at, run.finished_at, case_result.position, case_result.score_unit,
                   case_result.result
            FROM run
            JOIN case_result ON case_result.run_id = run.id
            WHERE run.engine <> 'imported'
            """;

    private static final String FORKS = """
            SELECT elapsed_nanos, invocations, items, bytes
            FROM fork
            WHERE run_id = ?
              AND case_position = ?
            """;

    private StoredRunInvariants() {}

    /// @throws AssertionError where a run breaks one, or where there is no run
    public static void check(Connection database) throws SQLException {
        var measuredSeconds = new HashMap<UUID, Double>();
        var wallSeconds = new HashMap<UUID, Double>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(CASES)) {
            while (rows.next()) {
                var run = rows.getObject("id", UUID.class);
                wallSeconds.put(run, wall(rows));
                measuredSeconds.merge(run, checkCase(database, run, rows), Double::sum);
            }
        }
        assertThat(wallSeconds).as("stored runs").isNotEmpty();
        measuredSeconds.forEach((run, seconds) ->
                assertThat(seconds).as("measured seconds of run %s", run).isLessThanOrEqualTo(wallSeconds.get(run)));
    }

    private static double wall(ResultSet row) throws SQLException {
        return Duration.between(
                                row.getObject("started_at", OffsetDateTime.class),
                                row.getObject("finished_at", OffsetDateTime.class))
                        .toNanos()
                / NANOS;
    }

    /// @return seconds that its samples took
    private static double checkCase(Connection database, UUID run, ResultSet row) throws SQLException {
        var result = JSON.readTree(row.getString("result"));
        var place = "run %s, case %s".formatted(run, result.path("name").asString());
        checkOrder(place, result.path("secondsPerInvocation"));
        boolean isBytes = "bytes/s".equals(row.getString("score_unit"));
        double seconds = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        try (var query = database.prepareStatement(FORKS)) {
            query.setObject(1, run);
            query.setInt(2, row.getInt("position"));
            try (var forks = query.executeQuery()) {
                while (forks.next()) {
                    var elapsed = longs(forks.getArray("elapsed_nanos"));
                    var counted = longs(forks.getArray(isBytes ? "bytes" : "items"));
                    assertThat(Arrays.stream(elapsed)).as(place).allMatch(nanos -> nanos > 0);
                    assertThat(Arrays.stream(longs(forks.getArray("invocations"))))
                            .as(place)
                            .allMatch(n -> n >= 1);
                    seconds += Arrays.stream(elapsed).sum() / NANOS;
                    var perSecond = IntStream.range(0, elapsed.length)
                            .mapToDouble(i -> counted[i] * NANOS / elapsed[i])
                            .toArray();
                    least = Math.min(least, Arrays.stream(perSecond).min().orElse(least));
                    most = Math.max(most, Arrays.stream(perSecond).max().orElse(most));
                    checkThroughput(place, perSecond, elapsed, counted);
                }
            }
        }
        checkScore(place, result.path("score"), least, most);
        return seconds;
    }

    /// min ≤ p50 ≤ p95 ≤ p99 ≤ max, as far as they are known.
    private static void checkOrder(String place, JsonNode seconds) {
        if (seconds.isObject()) {
            var known = Stream.of("min", "median", "p95", "p99", "max")
                    .map(seconds::path)
                    .filter(JsonNode::isNumber)
                    .map(JsonNode::doubleValue)
                    .toList();
            assertThat(known).as(place).hasSizeGreaterThanOrEqualTo(3).isSorted();
        }
    }

    /// Throughput × time = what was counted.
    private static void checkThroughput(String place, double[] perSecond, long[] elapsed, long[] counted) {
        double product = IntStream.range(0, elapsed.length)
                .mapToDouble(i -> perSecond[i] * elapsed[i] / NANOS)
                .sum();
        double total = Arrays.stream(counted).sum();
        assertThat(product).as(place).isCloseTo(total, within(total * 1e-9));
    }

    private static void checkScore(String place, JsonNode score, double least, double most) {
        if (!score.path("value").isNumber()) {
            return;
        }
        double value = score.path("value").doubleValue();
        assertThat(value).as(place).isBetween(least * (1 - 1e-9), most * (1 + 1e-9));
        var interval = score.path("ci95");
        if (interval.isArray()) {
            assertThat(value)
                    .as(place)
                    .isBetween(interval.path(0).doubleValue(), interval.path(1).doubleValue());
        }
    }

    private static long[] longs(Array array) throws SQLException {
        return Arrays.stream((Long[]) array.getArray())
                .mapToLong(Long::longValue)
                .toArray();
    }
}
