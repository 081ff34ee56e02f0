package dyno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dyno.support.Mrc;
import dyno.support.ServiceProcess;
import dyno.support.TestFolders;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Jobs on datasets, and datasets through the death of their service.
class DatasetJobIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int RECORDS = 500;

    /// Smoke jobs may have a quarter of it, and the engine wants 240 MiB.
    private static final String HEAP = "-Xmx1100m";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path data = TestFolders.fresh("DatasetJobIT");

    @Test
    void runsTheOperationsOnWhatWasUploadedAndKeepsItThroughAKill() throws Exception {
        String sha256;
        try (var service = ServiceProcess.start(data, HEAP)) {
            var dataset = put(service, "/api/v1/datasets/books?kind=marc&file=b.mrc", Mrc.file(0, RECORDS));
            sha256 = dataset.path("sha256").asString();
            put(service, "/api/v1/datasets/two?kind=marc&file=b.mrc", Mrc.file(0, 200));
            put(service, "/api/v1/datasets/two/files/a.mrc", Mrc.gzip(Mrc.file(200, 100)));

            var smoked = run(service, """
                    {"engine": "marc", "workload": {"input": {"dataset": "books"}},
                     "matrix": {"operation": ["READ", "READ_EAGER", "EXTRACT", "JSON", "MARCXML", "CSV", "WRITE",
                                              "ROUND_TRIP"]},
                     "plan": {"mode": "SMOKE"}}
                    """);
            assertThat(smoked.path("cases")).hasSize(8);
            for (var one : smoked.path("cases")) {
                assertThat(one.at("/input/digest").asString()).isEqualTo("sha256:" + sha256);
                assertThat(one.at("/input/items").asLong()).isEqualTo(RECORDS);
                assertThat(one.at("/metrics/records").asLong()).isEqualTo(RECORDS);
                assertThat(one.at("/verification/status").asString()).isEqualTo("PASSED");
            }

            var measured = run(service, """
                    {"engine": "marc", "workload": {"input": {"dataset": "two"}, "operation": "JSON", "source": "FILE"},
                     "variants": [{"name": "sequential"},
                                  {"name": "files", "workload": {"strategy": "PARALLEL_FILES", "threads": 2}}],
                     "plan": {"forks": 1, "warmupIterations": 1, "iterations": 2, "minIterationMillis": 5}}
                    """);
            for (var one : measured.path("cases")) {
                assertThat(one.at("/metrics/records").asLong()).isEqualTo(300);
                assertThat(one.at("/score/value").asDouble()).isPositive();
            }
            assertThat(measured.at("/cases/0/verification/digest"))
                    .isEqualTo(measured.at("/cases/1/verification/digest"));

            killDuringUpload(service);
        }
        try (var service = ServiceProcess.start(data, HEAP)) {
            assertThat(pending()).isEmpty();
            assertThat(service.get("/api/v1/datasets/half").statusCode()).isEqualTo(404);
            assertThat(service.json("/api/v1/datasets/books").path("sha256").asString())
                    .isEqualTo(sha256);
            var again = run(service, """
                    {"engine": "marc", "workload": {"input": {"dataset": "books"}}, "plan": {"mode": "SMOKE"}}
                    """);
            assertThat(again.at("/cases/0/metrics/records").asLong()).isEqualTo(RECORDS);
            var deleted = client.send(
                    HttpRequest.newBuilder(service.uri("/api/v1/datasets/books"))
                            .DELETE()
                            .build(),
                    BodyHandlers.ofString());
            assertThat(deleted.statusCode()).isEqualTo(204);

            // As on a node that did not take the upload.
            var elsewhere = settled();
            assertThat(elsewhere).hasSize(1);
            Files.move(elsewhere.getFirst(), data.resolve("elsewhere"));
            var failed = service.finished(service.submit("""
                    {"engine": "marc", "workload": {"input": {"dataset": "two"}}, "plan": {"mode": "SMOKE"}}
                    """));
            assertThat(failed.path("state").asString()).isEqualTo("FAILED");
            assertThat(failed.at("/failure/code").asString()).isEqualTo("INVALID_INPUT");
        }
    }

    private void killDuringUpload(ServiceProcess service) throws IOException {
        var uri = service.uri("/");
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            var head =
                    "PUT /api/v1/datasets/half?kind=marc&file=h.mrc HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(Mrc.file(0, 100));
            socket.getOutputStream().flush();
            await().until(() -> !pending().isEmpty());
            service.kill();
        }
        assertThat(pending()).isNotEmpty();
    }

    private List<Path> settled() throws IOException {
        try (var list = Files.list(data.resolve("datasets"))) {
            return list.filter(path -> !path.endsWith("pending")).toList();
        }
    }

    private List<Path> pending() throws IOException {
        try (var list = Files.list(data.resolve("datasets/pending"))) {
            return list.toList();
        }
    }

    private JsonNode put(ServiceProcess service, String path, byte[] body) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(service.uri(path))
                        .PUT(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    private static JsonNode run(ServiceProcess service, String job) throws IOException, InterruptedException {
        var finished = service.finished(service.submit(job));
        assertThat(finished.path("state").asString()).as(finished.toString()).isEqualTo("SUCCEEDED");
        return service.json("/api/v1/runs/" + finished.path("runId").asString());
    }
}
