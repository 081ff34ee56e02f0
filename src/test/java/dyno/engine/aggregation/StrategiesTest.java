package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever the way, the digest is the same, and the reference agrees.
class StrategiesTest {

    private static final List<String> ALL = List.of("POD", "STORAGE", "UNALLOCATED");

    @ParameterizedTest
    @CsvSource({
        "IN_MEMORY, PER_DISTINCT",
        "IN_MEMORY, PER_ROW",
        "STREAMING, PER_DISTINCT",
        "STREAMING, PER_ROW",
        "STREAMING_PARALLEL, PER_DISTINCT",
        "STREAMING_PARALLEL, PER_ROW",
        "DUCKDB, PER_DISTINCT",
        "DUCKDB, PER_ROW"
    })
    void givesTheDigestByEveryStrategy(String strategy, String labelMode) throws Exception {
        var outcome = Trials.run(small(Map.of("strategy", strategy, "labelMode", labelMode, "outputs", ALL)));

        assertThat(outcome.verification().differences()).isEmpty();
        assertThat(outcome.verification().digest()).isEqualTo(DigestsTest.SMALL_ALL);
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void agreesWithExactSumsWhereSumsAreDoubles(Strategy strategy) throws Exception {
        var outcome = Trials.run(small(Map.of("strategy", strategy.name(), "sums", "DOUBLE", "outputs", ALL)));

        assertThat(outcome.verification().differences()).isEmpty();
        assertThat(outcome.verification().checks()).hasSizeGreaterThanOrEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"IN_MEMORY", "STREAMING_PARALLEL", "DUCKDB"})
    void verifiesInputWithDefects(String strategy) throws Exception {
        var generate = Map.<String, Object>of("scale", "SMALL", "defectsPerMillion", 300_000L, "labelFormat", "MIXED");

        var outcome = Trials.run(
                Binding.generated(generate, Map.of("strategy", strategy, "loadMethod", "NONE", "outputs", ALL)));

        assertThat(outcome.verification().differences()).isEmpty();
        assertThat((Long) outcome.metric("rowsWithoutNode")).isBetween(500L, 1_000L);
        assertThat((Long) outcome.metric("rowsAnomalous")).isBetween(200L, 600L);
        assertThat((Long) outcome.metric("labelsMalformed")).isBetween(200L, 600L);
        assertThat(outcome.metric("inputRows")).isEqualTo(7_440L);
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "7, 2", "1000, 3", "100000, 1"})
    void givesTheDigestForAnyChunksAndWorkers(long chunkRows, long workers) throws Exception {
        try (var input = Inputs.generated(Map.of("scale", "SMALL"))) {
            assertThat(input.digest(Map.of("chunkRows", chunkRows, "workers", workers)))
                    .isEqualTo(DigestsTest.SMALL);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "JSON, 3, 1000, ZSTD, PER_POD",
        "PIPE, 1, 131072, SNAPPY, PER_OBJECT",
        "MIXED, 5, 77, UNCOMPRESSED, PER_OBJECT"
    })
    void givesTheDigestForAnyFiles(
            String labelFormat, long filesPerDay, long rowGroupRows, String compression, String labelRows)
            throws Exception {
        try (var input = Inputs.generated(Map.of(
                "scale", "SMALL",
                "labelFormat", labelFormat,
                "filesPerDay", filesPerDay,
                "rowGroupRows", rowGroupRows,
                "compression", compression,
                "labelRows", labelRows))) {
            assertThat(input.digest(Map.of("workers", 2L))).isEqualTo(DigestsTest.SMALL);
            assertThat(input.digest(Map.of("columnPruning", false, "prefetch", "ALL")))
                    .isEqualTo(DigestsTest.SMALL);
        }
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void givesTheSameRowsForAnyOrderOfThem(Strategy strategy) throws Exception {
        var random = new SplittableRandom(7);
        var rows = new ArrayList<>(new RandomRows(random).pods(400));
        var fields = Map.<String, Object>of(
                "strategy", strategy.name(), "enabledKeys", RandomRows.KEYS, "loadMethod", "NONE");
        var digests = new HashSet<String>();
        for (int order = 0; order < 4; order++) {
            try (var input = Inputs.empty()) {
                PodFiles.pods(input.folder().resolve("a.parquet"), rows.subList(0, 150), 40);
                PodFiles.pods(input.folder().resolve("b.parquet"), rows.subList(150, 400), 90);
                digests.add(CanonicalLines.digest(CanonicalLines.of(Trials.aggregate(input, fields))));
            }
            Collections.shuffle(rows, new Random(order));
        }

        assertThat(digests).hasSize(1);
    }

    @Test
    void splitsGroupsByEnabledLabelsAlone() throws Exception {
        var generate = Map.<String, Object>of(
                "pods", 10L, "namespaces", 2L, "nodes", 2L, "days", 31L, "volumes", 1L, "labelCardinality", 10L);
        try (var input = Inputs.generated(generate)) {
            var split = input.aggregate(Map.of());
            var joined = input.aggregate(Map.of(
                    "enabledKeys",
                    List.of("app", "environment", "tier", "nodeclass", "node_role_kubernetes_io", "team", "node")));

            assertThat(split.rows()).isEqualTo(310);
            assertThat(joined.rows()).isEqualTo(124);
            assertThat(joined.podTotals()).isEqualTo(split.podTotals());
        }
    }

    @Test
    void boundsTheChunksInFlight() throws Exception {
        var bounded = Trials.run(small(Map.of("chunkRows", 10L, "workers", 2L, "queueChunks", 3L)));
        var all = Trials.run(small(Map.of("chunkRows", 10L, "workers", 2L, "prefetch", "ALL")));

        assertThat((Long) bounded.metric("maxChunksInFlight")).isLessThanOrEqualTo(3 + 2 + 1);
        assertThat(all.metric("maxChunksInFlight")).isEqualTo(all.metric("chunks"));
        assertThat(all.metric("chunks")).isEqualTo(31L * 24);
    }

    @Test
    void parsesEachTextOnceUnlessToldOtherwise() throws Exception {
        var fewHours = generated(Map.of("hoursPerDay", 2L), Map.of());
        var manyHours = generated(Map.of("hoursPerDay", 24L), Map.of());
        var perRow = generated(Map.of("hoursPerDay", 24L), Map.of("labelMode", "PER_ROW"));

        // A day has one version of each text, but for the namespaces of the first one, which change at noon.
        assertThat((Long) manyHours.metric("labelParses") - (Long) fewHours.metric("labelParses"))
                .isEqualTo(5);
        assertThat((Long) perRow.metric("labelParses")).isGreaterThanOrEqualTo(50L * 24);
    }

    private static Trials.Outcome generated(Map<String, Object> more, Map<String, Object> fields) throws Exception {
        var generate = new LinkedHashMap<String, Object>(Map.of("pods", 50L, "nodes", 5L, "namespaces", 5L));
        generate.putAll(more);
        return Trials.run(Binding.generated(generate, Inputs.and(fields, "loadMethod", "NONE")));
    }

    private static AggregationWorkload small(Map<String, Object> fields) {
        return Binding.generated(Map.of("scale", "SMALL"), Inputs.and(fields, "loadMethod", "NONE"));
    }
}
