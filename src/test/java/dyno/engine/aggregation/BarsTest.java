package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.JobCase;
import dyno.engine.Metrics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarsTest {

    private static final Map<String, Object> PLAN_1M = Map.of("scale", "PLAN_1M");

    @Test
    void saysOfEachRatioAndRateWhetherItIsMet() {
        var one = scored(PLAN_1M, Map.of("workers", 1L), 1.0e6);
        var two = scored(PLAN_1M, Map.of(), 1.6e6);
        var doubles = scored(PLAN_1M, Map.of("sums", "DOUBLE"), 1.7e6);
        var duck = scored(PLAN_1M, Map.of("strategy", "DUCKDB", "sums", "DOUBLE"), 0.5e6);

        new AggregationEngine().relate(List.of(one, two, doubles, duck));

        assertThat(two.metrics().values())
                .containsEntry("barRowsPerSecond", "miss: 1.600e+06, at least 2.000e+06")
                .containsEntry("barSpeedupOverDuckDb", "pass: 3.200, at least 2.000")
                .containsEntry("barSpeedupOverOneWorker", "pass: 1.600, at least 1.500")
                .containsEntry("barSpeedupOverDoubleSums", "pass: 0.9412, at least 0.9091");
        assertThat(one.metrics().values().keySet()).noneMatch(name -> name.startsWith("bar"));
        assertThat(duck.metrics().values().keySet()).noneMatch(name -> name.startsWith("bar"));
    }

    /// Slower sums are no yardstick, nor are fewer threads.
    @Test
    void comparesWithDuckDbsSumsOfDoublesByAsManyThreads() {
        var exact = scored(PLAN_1M, Map.of("strategy", "DUCKDB", "sums", "EXACT"), 0.2e6);
        var alone = scored(PLAN_1M, Map.of("strategy", "DUCKDB", "sums", "DOUBLE", "workers", 1L), 0.3e6);
        var peer = scored(PLAN_1M, Map.of("strategy", "DUCKDB", "sums", "DOUBLE"), 0.5e6);
        var ours = scored(PLAN_1M, Map.of(), 1.5e6);

        new AggregationEngine().relate(List.of(exact, alone, peer, ours));

        assertThat(ours.metrics().values()).containsEntry("speedupOverDuckDb", 3.0);
    }

    @Test
    void asksLessOfRowsThatAreLoaded() {
        var loaded = scored(PLAN_1M, Map.of("loadMethod", "COPY_BINARY"), 0.9e6);

        new AggregationEngine().relate(List.of(loaded));

        assertThat(loaded.metrics().values()).containsEntry("barRowsPerSecond", "pass: 9.000e+05, at least 8.000e+05");
    }

    @Test
    void comparesFewGroupsWithParsingRowByRow() {
        var shape = Map.<String, Object>of("pods", 10_000L, "nodes", 50L, "namespaces", 30L, "days", 4L);
        var rowByRow = scored(shape, Map.of("labelMode", "PER_ROW"), 1.0e6);
        var distinct = scored(shape, Map.of(), 4.5e6);

        new AggregationEngine().relate(List.of(rowByRow, distinct));

        assertThat(distinct.metrics().values())
                .containsEntry("barRowsPerSecond", "pass: 4.500e+06, at least 4.000e+06")
                .containsEntry("barSpeedupOverPerRow", "miss: 4.500, at least 5.000");
    }

    @ParameterizedTest
    @CsvSource({
        "3, 500000000, 'pass: 5.000e+08, at most 6.000e+08'",
        "24, 700000000, 'miss: 7.000e+08, at most 6.000e+08'"
    })
    void saysWhetherMemoryIsBounded(long hours, long peakBytes, String word) {
        var shape = Map.<String, Object>of(
                "pods", 10_000L, "nodes", 50L, "namespaces", 30L, "days", 31L, "hoursPerDay", hours);
        var one = scored(shape, Map.of(), 1.0e6);
        one.metrics().put("peakRssBytes", peakBytes);

        new AggregationEngine().relate(List.of(one));

        assertThat(one.metrics().values()).containsEntry("barPeakRssBytes", word);
    }

    private static JobCase<AggregationWorkload> scored(
            Map<String, Object> generate, Map<String, Object> fields, double score) {
        var workload = Binding.generated(
                generate, fields.containsKey("loadMethod") ? fields : Inputs.and(fields, "loadMethod", "NONE"));
        return new JobCase<>("case", workload, score, null, new Metrics());
    }
}
