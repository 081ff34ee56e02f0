package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Contradictions.Contradiction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContradictionsTest {

    private static final Map<String, Object> SMALL = Map.of("generate", Map.of("scale", "SMALL"));

    @Test
    void findsNoneInTheExample() {
        assertThat(Binding.contradictions(new AggregationEngine().example())).isEmpty();
    }

    @Test
    void findsAllOfThemAtOnce() {
        var found = Binding.contradictions(Map.of(
                "input", SMALL,
                "strategy", "STREAMING",
                "workers", 4L,
                "prefetch", "ALL",
                "loadMethod", "NONE",
                "outputSchema", "kept"));

        assertThat(found).extracting(Contradiction::field).containsExactly("workers", "prefetch", "outputSchema");
        assertThat(found.getFirst().message())
                .isEqualTo("workers is 4 but strategy STREAMING uses one thread;"
                        + " remove workers or use STREAMING_PARALLEL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prefetch: ALL, queueChunks: 4 | queueChunks is 4 but prefetch ALL queues every chunk",
                "strategy: DUCKDB, queueChunks: 4 | queueChunks is 4 but strategy DUCKDB has no queue",
                "outputs: STORAGE | outputs is [STORAGE], without POD"
            })
    void saysWhatToChange(String fields, String message) {
        var tree = new LinkedHashMap<String, Object>(Map.of("input", SMALL));
        for (var field : fields.split(", ")) {
            var parts = field.split(": ");
            tree.put(
                    parts[0],
                    switch (parts[0]) {
                        case "queueChunks" -> Long.valueOf(parts[1]);
                        case "outputs" -> List.of(parts[1]);
                        default -> parts[1];
                    });
        }

        assertThat(Binding.contradictions(tree))
                .extracting(Contradiction::message)
                .anyMatch(m -> m.startsWith(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scale=SMALL, pods=3 | input.generate.pods is given but scale SMALL fixes it",
                "pods=3, nodes=4, namespaces=1 | input.generate.nodes is 4 but pods is 3",
                "pods=3, nodes=1, namespaces=1, labelCardinality=4 | input.generate.labelCardinality is 4 but pods is 3",
                "pods=9, nodes=1, namespaces=2, layout=PACKED | input.generate.layout is PACKED",
                "pods=3, nodes=1, namespaces=1, days=31, month=2025-02 | input.generate.days is 31 but month 2025-02 has 28",
                "pods=3, nodes=1 | input.generate has no scale, and pods 3, nodes 1, namespaces null"
            })
    void findsWhatCannotBeGenerated(String fields, String message) {
        var generate = new LinkedHashMap<String, Object>();
        for (var field : fields.split(", ")) {
            var parts = field.split("=");
            generate.put(parts[0], parts[1].matches("\\d+") ? Long.valueOf(parts[1]) : parts[1]);
        }

        assertThat(Binding.contradictions(Map.of("input", Map.of("generate", generate))))
                .extracting(Contradiction::message)
                .anyMatch(m -> m.startsWith(message));
    }

    @Test
    void findsInputsThatExcludeEachOther() {
        assertThat(messages(Map.of("input", Map.of())))
                .containsExactly("input names none of generate, dataset and s3; give one of them");
        assertThat(messages(Map.of("input", Map.of("dataset", "a", "generate", Map.of("scale", "SMALL")))))
                .containsExactly("input names generate and dataset; keep one of them");
        assertThat(messages(Map.of("input", Map.of("dataset", "a", "transport", "FILE"))))
                .singleElement()
                .asString()
                .startsWith("input.transport is FILE but it says how generated files are read");
        assertThat(messages(Map.of(
                        "input", Map.of("s3", Map.of("bucket", "abc", "prefix", "x/../y")), "strategy", "DUCKDB")))
                .hasSize(3);
    }

    @Test
    void findsPeriodsOutsideOfTheMonth() {
        assertThat(messages(Map.of("input", SMALL, "period", Map.of("start", "2025-11-01", "end", "2025-11-02"))))
                .singleElement()
                .asString()
                .contains("holds no day of input.generate.month 2025-10");
        assertThat(messages(Map.of("input", SMALL, "period", Map.of("start", "2025-10-03", "end", "2025-10-02"))))
                .hasSize(1);
        assertThat(messages(Map.of("input", SMALL, "period", Map.of("start", "2025-02-30", "end", "2025-10-02"))))
                .singleElement()
                .asString()
                .contains("no date");
    }

    @Test
    void refusesMoreRowsThanTheLimit() {
        var bound = Binding.bound(Map.of(
                "input", Map.of("generate", Map.of("pods", 200_000L, "nodes", 10L, "namespaces", 10L, "days", 31L))));
        var found = new dyno.engine.Contradictions();

        new AggregationEngine().contradictions(bound.workload(), bound.given(), found);

        assertThat(found.found()).isEmpty();
        assertThat(found.beyondLimits())
                .singleElement()
                .extracting(Contradiction::message)
                .asString()
                .contains("148800000 rows; use at most 50000000");
    }

    @Test
    void fillsInWhatTheScaleSays() {
        var workload = Binding.generated(Map.of("scale", "PLAN_1M"), Map.of());
        var generate = workload.input().generate();

        assertThat(generate.podRows()).isEqualTo(998_400);
        assertThat(generate.labelCardinality()).isEqualTo(41_600);
        assertThat(workload.workers()).isEqualTo(2);
        assertThat(workload.queueChunks()).isEqualTo(4);
        assertThat(AggregationEstimate.groups(workload)).isEqualTo(41_600);
        assertThat(AggregationEstimate.groups(Binding.generated(Map.of("scale", "PRODUCTION_MEDIUM"), Map.of())))
                .isEqualTo(46_500);
    }

    @Test
    void warnsOfIdleFields() {
        var bound = Binding.bound(Map.of("input", SMALL, "strategy", "IN_MEMORY", "chunkRows", 5L));

        assertThat(new AggregationEngine().warnings(bound.workload(), bound.given(), Binding.MACHINE))
                .extracting(dyno.engine.Warning::code)
                .containsExactly("IGNORED_FIELD");
    }

    private static List<String> messages(Map<String, Object> tree) {
        return Binding.contradictions(tree).stream().map(Contradiction::message).toList();
    }
}
