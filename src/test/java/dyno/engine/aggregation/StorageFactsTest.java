package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The facts of storage and unallocated rows, by every strategy that makes them.
class StorageFactsTest {

    private static final long GIB = 1L << 30;
    private static final int DAY = 24;

    // Positions in canonical lines.
    private static final int NAMESPACE = 2;
    private static final int NODE = 3;
    private static final int USAGE = 6;
    private static final int CAPACITY_MONTHS = 27;
    private static final int REQUEST_MONTHS = 28;
    private static final int USAGE_MONTHS = 29;

    private final Inputs input = Inputs.empty();
    private final List<Map<String, Object>> pods = new ArrayList<>();
    private final List<Map<String, Object>> claims = new ArrayList<>();
    private final List<Map<String, Object>> nodes = new ArrayList<>();

    @AfterEach
    void delete() throws IOException {
        input.close();
    }

    @ParameterizedTest
    @CsvSource({"2025-02-10, 0.035714", "2025-07-10, 0.032258"})
    void sharesAGibibyteOfOneDayOverTheDaysOfItsMonth(String day, String months) throws Exception {
        pod(day, 0, "ns", "p", "n", 1);
        for (int hour = 0; hour < DAY; hour++) {
            claim(day, hour, "ns", "p");
        }

        var row = storage().getFirst();

        assertThat(field(row, CAPACITY_MONTHS)).isEqualTo(months);
        assertThat(field(row, REQUEST_MONTHS)).isEqualTo(months);
    }

    @Test
    void dividesRequestAndUsageByTheNodesOfAVolumeButNotItsCapacity() throws Exception {
        for (int node = 0; node < 3; node++) {
            pod("2025-07-10", 0, "ns", "p" + node, "n" + node, 1);
            for (int hour = 0; hour < DAY; hour++) {
                claim("2025-07-10", hour, "ns", "p" + node);
            }
        }

        assertThat(storage()).hasSize(3).allSatisfy(row -> {
            assertThat(field(row, CAPACITY_MONTHS)).isEqualTo("0.032258");
            assertThat(field(row, REQUEST_MONTHS)).isEqualTo("0.010753");
            assertThat(field(row, USAGE_MONTHS)).isEqualTo("0.010753");
        });
    }

    @Test
    void keepsAStorageRowWithoutItsPod() throws Exception {
        pod("2025-07-10", 0, "ns", "another", "n", 1);
        claim("2025-07-10", 0, "ns", "p");

        assertThat(storage())
                .singleElement()
                .satisfies(row -> assertThat(field(row, NODE)).isEqualTo("\\N"));
    }

    @Test
    void keepsNegativeRestsAndTakesTheGreatestRole() throws Exception {
        // 24 hours of 4 cores are 96; 100 are used.
        for (int hour = 0; hour < DAY; hour++) {
            pod("2025-07-10", hour, "ns", "p", "n", 100.0 * 3600 / DAY);
        }
        node("n", "master");
        node("n", "worker");

        assertThat(unallocated()).singleElement().satisfies(row -> {
            assertThat(field(row, NAMESPACE)).isEqualTo("Worker unallocated");
            assertThat(field(row, USAGE)).isEqualTo("-4.000000");
        });
    }

    @ParameterizedTest
    @CsvSource({"Platform unallocated", "Worker unallocated", "Network unattributed", "Storage unattributed"})
    void countsNoRestTwice(String rest) throws Exception {
        for (int hour = 0; hour < DAY; hour++) {
            pod("2025-07-10", hour, "ns", "p", "n", 3600);
            pod("2025-07-10", hour, rest, "q", "n", 7200);
        }
        node("n", "worker");

        assertThat(unallocated())
                .singleElement()
                .satisfies(row -> assertThat(field(row, USAGE)).isEqualTo("72.000000"));
    }

    private List<String> storage() throws Exception {
        write("claims", claims);
        return rows(Output.STORAGE, "Storage\t");
    }

    private List<String> unallocated() throws Exception {
        write("nodes", nodes);
        return rows(Output.UNALLOCATED, "unallocated\t");
    }

    /// All strategies find the same.
    private List<String> rows(Output output, String mark) throws Exception {
        write("pods", pods);
        var fields = Map.<String, Object>of("outputs", List.of("POD", output.name()));
        var lines = lines(input.aggregate(fields));
        for (var strategy : Strategy.values()) {
            assertThat(lines(Trials.aggregate(input, Inputs.and(fields, "strategy", strategy.name()))))
                    .as("%s", strategy)
                    .isEqualTo(lines);
        }
        return lines.stream()
                .filter(line -> line.startsWith(mark) || line.contains(" " + mark))
                .filter(line -> output == Output.STORAGE || field(line, 5).equals("{}"))
                .filter(line -> output == Output.STORAGE || !isOfInput(line))
                .toList();
    }

    /// Pod rows of namespaces that look like a rest have their own usage.
    private static boolean isOfInput(String line) {
        return field(line, USAGE).equals("48.000000");
    }

    private static List<String> lines(Result result) {
        return CanonicalLines.of(result).stream()
                .map(line -> new String(line, StandardCharsets.UTF_8))
                .toList();
    }

    private void pod(String day, int hour, String namespace, String pod, String node, double coreSeconds) {
        var row = new LinkedHashMap<String, Object>();
        row.put("interval_start", start(day, hour));
        row.put("namespace", namespace);
        row.put("pod", pod);
        row.put("node", node);
        row.put("pod_labels", "");
        for (var kind : List.of("usage", "request", "limit")) {
            row.put("pod_%s_cpu_core_seconds".formatted(kind), coreSeconds);
            row.put("pod_%s_memory_byte_seconds".formatted(kind), 1.0);
        }
        row.put("node_capacity_cpu_core_seconds", 4.0 * 3600);
        row.put("node_capacity_memory_byte_seconds", 3600.0 * GIB);
        pods.add(row);
    }

    private void claim(String day, int hour, String namespace, String pod) {
        var row = new LinkedHashMap<String, Object>();
        row.put("interval_start", start(day, hour));
        row.put("namespace", namespace);
        row.put("pod", pod);
        row.put("persistentvolumeclaim", "pvc");
        row.put("persistentvolume", "pv");
        row.put("storageclass", "gp3");
        row.put("persistentvolume_labels", "{}");
        row.put("persistentvolumeclaim_labels", "{}");
        row.put("persistentvolumeclaim_capacity_bytes", (double) GIB);
        row.put("persistentvolumeclaim_capacity_byte_seconds", 3600.0 * GIB);
        row.put("volume_request_storage_byte_seconds", 3600.0 * GIB);
        row.put("persistentvolumeclaim_usage_byte_seconds", 3600.0 * GIB);
        claims.add(row);
    }

    private void node(String name, String role) {
        nodes.add(Map.of("node", name, "node_role", role, "resource_id", "i"));
    }

    private static Long start(String day, int hour) {
        return Instant.parse(day + "T00:00:00Z").plusSeconds(3600L * hour).toEpochMilli();
    }

    private void write(String name, List<Map<String, Object>> rows) throws IOException {
        PodFiles.rows(input.folder().resolve(name + ".parquet"), rows, 100);
    }

    private static String field(String line, int index) {
        return line.split("\t", -1)[index];
    }
}
