package dyno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dyno.support.PostgresTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What documents say of the API, held against the API.
///
/// `./dyno test -Dtest=ApiDocumentsIT -Ddyno.openapi.write=true` writes docs/openapi.json anew.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@PostgresTest
class ApiDocumentsIT {

    private static final Path OPENAPI = Path.of("docs/openapi.json");

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /// `curl … http://127.0.0.1:8080/PATH … [-d 'BODY']`, the body over any number of lines.
    private static final Pattern CURL =
            Pattern.compile("curl [^\\n]*?http://127\\.0\\.0\\.1:8080(/[^\\s'\"]*)(?:[^\\n]*? -d '([^']*)')?");

    private static final String SMOKE = """
            {"engine": "generator", "workload": {"totalBytes": 1048576, "chunkBytes": 65536}, "plan": {"mode": "SMOKE"}}
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI root;

    ApiDocumentsIT(@LocalServerPort int port) {
        this.root = URI.create("http://127.0.0.1:" + port);
    }

    @AfterEach
    void cancelWhatExamplesSubmitted() throws Exception {
        for (var job : JSON.readTree(get("/api/v1/jobs?limit=200").body()).path("items")) {
            if (job.path("finishedAt").isNull()) {
                post("/api/v1/jobs/" + job.path("id").asString() + "/cancel", "");
            }
        }
        client.close();
    }

    @Test
    void openapiIsTheFile() throws Exception {
        var served = JSON.writeValueAsString(JSON.readTree(get("/v3/api-docs").body())) + "\n";
        if (Boolean.getBoolean("dyno.openapi.write")) {
            Files.writeString(OPENAPI, served);
        }

        assertThat(served).doesNotContain("127.0.0.1", "localhost");
        assertThat(Files.readString(OPENAPI))
                .as("docs/openapi.json; this class's comment says how it is written anew")
                .isEqualTo(served);
    }

    @Test
    void openapisExamplesAreAccepted() throws Exception {
        int examples = 0;
        for (var path : JSON.readTree(OPENAPI).path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                var content = operation.getValue().path("requestBody").path("content");
                for (var example : content.path("application/json").path("examples")) {
                    assertThat(operation.getKey()).isEqualTo("post");
                    var answer = post(path.getKey(), JSON.writeValueAsString(example.path("value")));
                    assertThat(answer.statusCode())
                            .as("%s: %s", example, answer.body())
                            .isEqualTo(202);
                    examples++;
                }
            }
        }
        assertThat(examples).isPositive();
    }

    @Test
    void readmesRequestsAreAnswered() throws Exception {
        var job = finished(post("/api/v1/jobs", SMOKE));
        int requests = 0;
        var calls = CURL.matcher(Files.readString(Path.of("README.md")));
        while (calls.find()) {
            var path = calls.group(1)
                    .replace("RUN_ID", job.path("runId").asString())
                    .replace("ID", job.path("id").asString());
            var answer = calls.group(2) == null ? get(path) : post(path, calls.group(2));
            assertThat(answer.statusCode())
                    .as("%s: %s", calls.group(), answer.body())
                    .isIn(200, 202);
            requests++;
        }
        assertThat(requests).isGreaterThanOrEqualTo(3);
    }

    private JsonNode finished(HttpResponse<String> accepted) throws Exception {
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        var at = accepted.headers().firstValue("Location").orElseThrow();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !JSON.readTree(get(at).body()).path("finishedAt").isNull());
        return JSON.readTree(get(at).body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(root.resolve(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(root.resolve(path))
                .header("Content-Type", "application/json")
                .POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
