package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.Cancellation;
import dyno.engine.DatasetKind.ReceivedFile;
import dyno.engine.InvalidDatasetException;
import dyno.support.TestFolders;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class PodUsageKindTest {

    private static final String HEADER = "interval_start,namespace,node,pod_labels,pod_usage_cpu_core_seconds,"
            + "pod_request_cpu_core_seconds,pod_limit_cpu_core_seconds,pod_usage_memory_byte_seconds,"
            + "pod_request_memory_byte_seconds,pod_limit_memory_byte_seconds,node_capacity_cpu_core_seconds,"
            + "node_capacity_memory_byte_seconds,ignored\n";
    private static final String ROW =
            "2025-11-01 00:00:00 +0000 UTC,ns,n,\"{\"\"app\"\":\"\"web\"\"}\"," + "3600,7200,,1,2,3,14400,1e9,x\r\n";

    private final PodUsageKind kind = new PodUsageKind();
    private final Path folder = TestFolders.fresh("pod-usage");

    @Test
    void makesParquetOfCsvThatAJobReads() throws Exception {
        var taken = take("pods.csv", (HEADER + ROW + ROW).getBytes(StandardCharsets.UTF_8));
        assertThat(taken.facts())
                .isEqualTo(Map.of(
                        "table", "openshift_pod_usage_line_items",
                        "rows", 2L,
                        "firstDate", "2025-11-01",
                        "lastDate", "2025-11-01"));
        var dataset = Files.createDirectory(folder.resolve("dataset"));
        Files.copy(taken.content(), dataset.resolve("pods.csv"));
        var workload = Binding.bind(Map.of("input", Map.of("dataset", "mine"), "loadMethod", "NONE"));

        var outcome = Trials.run(workload, Trials.context(Cancellation.NONE, Map.of(), Map.of("mine", dataset)));

        assertThat(outcome.verification().differences()).isEmpty();
        assertThat(outcome.metric("outputRows")).isEqualTo(1L);
    }

    @Test
    void takesGzip() throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write((HEADER + ROW).getBytes(StandardCharsets.UTF_8));
        }

        assertThat(take("pods.csv.gz", packed.toByteArray()).facts()).containsEntry("rows", 1L);
    }

    @Test
    void namesLineAndColumnOfWhatItCannotRead() {
        refuses(HEADER + ROW + ROW.replace("2025-11-01 00:00:00 +0000 UTC", "yesterday"), 3, "yesterday");
        refuses(HEADER + ROW.replace("3600", "36x"), 2, "36x");
        refuses(HEADER + ROW.replace("2025-11-01 00:00:00 +0000 UTC", ""), 2, "null");
        refuses(HEADER + "a,b\n", 2, "2 fields");
        refuses(HEADER + "\"never closed\n", 2, "not closed");
        refuses(HEADER.replace("namespace,", ""), 1, "lacks namespace");
        refuses("a,b\n1,2\n", 1, "no table");
        refuses("", 1, "empty");
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        var bytes = (HEADER + ROW).getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 3] = (byte) 0xFF;

        assertThatExceptionOfType(InvalidDatasetException.class)
                .isThrownBy(() -> take("pods.csv", bytes))
                .withMessageContaining("UTF-8")
                .satisfies(e -> assertThat(e.place()).containsEntry("line", 2L));
    }

    @Test
    void takesGeneratedFilesAsTheyAre() throws Exception {
        try (var input = Inputs.generated(Map.of("scale", "SMALL"))) {
            var table = InputTables.below(input.folder()).of(Table.STORAGE).getFirst();
            var path = input.folder().resolve(table.name());

            var taken = kind.take(new ReceivedFile("s.parquet", path, folder, Long.MAX_VALUE));

            assertThat(taken.content()).isEqualTo(path);
            assertThat(taken.facts()).containsEntry("table", "openshift_storage_usage_line_items_daily");
        }
    }

    private void refuses(String csv, long line, String message) {
        assertThatExceptionOfType(InvalidDatasetException.class)
                .isThrownBy(() -> take("pods.csv", csv.getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining(message)
                .satisfies(e ->
                        assertThat(e.place()).containsEntry("file", "pods.csv").containsEntry("line", line));
    }

    private dyno.engine.DatasetKind.TakenFile take(String name, byte[] bytes) throws Exception {
        var content = Files.write(folder.resolve("content"), bytes);
        var scratch = Files.createTempDirectory(folder, "scratch");
        return kind.take(new ReceivedFile(name, content, scratch, Long.MAX_VALUE));
    }
}
