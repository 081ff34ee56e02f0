package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.Cancellation;
import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files of a known table whose columns are of other types than usual, lack something, or hold no text.
class OddFilesTest {

    private static final long START = Instant.parse("2025-11-01T00:00:00Z").toEpochMilli();
    private static final byte[] NO_TEXT = {'{', '"', (byte) 0xFF, '"', '}'};

    private final Inputs input = Inputs.empty();

    @AfterEach
    void delete() throws IOException {
        input.close();
    }

    @ParameterizedTest
    @CsvSource({"STREAMING_PARALLEL, PER_DISTINCT", "STREAMING, PER_ROW", "IN_MEMORY, PER_ROW"})
    void namesFileAndRowGroupOfALabelTextThatIsNone(String strategy, String labelMode) throws Exception {
        write("pods", List.of(pod(Map.of()), pod(Map.of("pod_labels", NO_TEXT))));

        refuses(Map.of("strategy", strategy, "labelMode", labelMode), "pods.parquet, row group 1: A label text is not");
    }

    @Test
    void namesFileAndRowGroupOfANodesLabelTextThatIsNone() throws Exception {
        write("pods", List.of(pod(Map.of())));
        write("nodes", List.of(ordered("interval_start", START, "node", "n", "node_labels", NO_TEXT)));

        refuses(Map.of(), "nodes.parquet, row group 0: A label text is not UTF-8");
    }

    @Test
    void namesFileAndRowOfANameThatIsNoText() throws Exception {
        write("pods", List.of(pod(Map.of()), pod(Map.of()), pod(Map.of("namespace", NO_TEXT))));

        refuses(Map.of(), "pods.parquet, row 3: A value of column namespace is not UTF-8");
    }

    @Test
    void asksForThePodsOfPodRowsWhereClaimsAreToBeFound() throws Exception {
        write("pods", List.of(pod(Map.of())));
        write("claims", List.of(claim()));

        refuses(Map.of("outputs", List.of("POD", "STORAGE")), "pods.parquet has no column pod");
    }

    @Test
    void takesTextThatIsNotANumberForNone() throws Exception {
        write(
                "pods",
                List.of(
                        pod(Map.of("pod_usage_cpu_core_seconds", "NaN")),
                        pod(Map.of("pod_usage_cpu_core_seconds", "3600"))));

        var outcome = Trials.run(workload(Map.of()), context());

        assertThat(outcome.verification().differences()).isEmpty();
        assertThat(outcome.metric("rowsAnomalous")).isEqualTo(0L);
    }

    /// DuckDB writes what it takes for bytes without saying that they are text, as older writers do.
    @Test
    void readsTextOfWritersWhoDoNotSayThatItIsText() throws Exception {
        var file = input.folder().resolve("pods.parquet");
        var numbers = new StringBuilder();
        for (var column : Table.POD_USAGE.required()) {
            if (Table.isNumber(column)) {
                numbers.append(", 3600::DOUBLE AS ").append(column);
            }
        }
        try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duck.createStatement()) {
            statement.execute("""
                    COPY (SELECT TIMESTAMP '2025-11-01 00:00:00' AS interval_start, 'ns'::BLOB AS namespace,
                        'n'::BLOB AS node, '{"app":"web"}'::BLOB AS pod_labels%s)
                    TO '%s' (FORMAT parquet)
                    """.formatted(numbers, file));
        }

        var outcome = Trials.run(workload(Map.of()), context());

        assertThat(outcome.verification().differences()).isEmpty();
        assertThat(outcome.metric("labelsMalformed")).isEqualTo(0L);
    }

    private void refuses(Map<String, Object> fields, String message) {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> Trials.run(workload(fields), context()))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_INPUT));
    }

    private static AggregationWorkload workload(Map<String, Object> fields) {
        var tree = new LinkedHashMap<String, Object>(fields);
        tree.put("input", Map.of("dataset", "mine"));
        tree.put("loadMethod", "NONE");
        return Binding.bind(tree);
    }

    private dyno.engine.TrialContext context() {
        return Trials.context(Cancellation.NONE, Map.of(), Map.of("mine", input.folder()));
    }

    /// @param changes columns with other values than usual
    private static Map<String, Object> pod(Map<String, Object> changes) {
        var row = new LinkedHashMap<String, Object>();
        for (var column : Table.POD_USAGE.required()) {
            Object usual = switch (column) {
                case "interval_start" -> START;
                case "namespace" -> "ns";
                case "node" -> "n";
                case "pod_labels" -> "{}".getBytes(StandardCharsets.UTF_8);
                default -> 3_600.0;
            };
            row.put(column, changes.getOrDefault(column, usual));
        }
        return row;
    }

    private static Map<String, Object> claim() {
        var row = new LinkedHashMap<String, Object>();
        for (var column : Table.STORAGE.required()) {
            Object usual = column.equals("interval_start") ? START : Table.isNumber(column) ? 1.0 : "x";
            row.put(column, usual);
        }
        return row;
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        var row = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }

    /// A row group for each row.
    private void write(String name, List<Map<String, Object>> rows) throws IOException {
        PodFiles.rows(input.folder().resolve(name + ".parquet"), rows, 1);
    }
}
