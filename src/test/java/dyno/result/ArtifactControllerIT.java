package dyno.result;

import static dyno.result.Runs.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.PostgresTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@PostgresTest
class ArtifactControllerIT {

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();

    @Autowired
    private ResultStore store;

    @Autowired
    private Environment settings;

    private Run run;
    private Path folder;

    @BeforeEach
    void storeARunWhoseFilesAreKept() throws IOException {
        run = Runs.at(NOON);
        store.add(run);
        var root = KeptFiles.root(Path.of(settings.getRequiredProperty("dyno.data")));
        folder = Files.createDirectories(KeptFiles.of(root, run.jobId(), "direct"));
        Files.write(folder.resolve("stream-0"), "0123456".getBytes(UTF_8));
    }

    @Test
    void listsTheFilesOfAllCasesAndWhichAreStillThere() throws Exception {
        var answer = get("");

        assertThat(answer.statusCode()).isEqualTo(200);
        var items = json.readTree(answer.body()).path("items");
        assertThat(items).hasSize(2);
        assertThat(items.path(0).path("case").asString()).isEqualTo("legacy");
        assertThat(items.path(0).path("available").asBoolean()).isFalse();
        assertThat(items.path(1).toString())
                .isEqualTo(
                        "{\"case\":\"direct\",\"name\":\"stream-0\",\"bytes\":7,\"sha256\":\"%s\",\"available\":true}"
                                .formatted("ab".repeat(32)));
    }

    @Test
    void givesAFileAndAnyPartOfIt() throws Exception {
        var whole = get("/direct/stream-0");

        assertThat(whole.statusCode()).as(whole.body()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo("0123456");
        assertThat(whole.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(whole.headers().firstValue("Content-Length")).hasValue("7");
        assertThat(whole.headers().firstValue("Content-Disposition")).hasValue("attachment; filename=\"stream-0\"");
        assertThat(whole.headers().firstValue("ETag")).hasValue('"' + "ab".repeat(32) + '"');

        var part = get("/direct/stream-0", "Range", "bytes=2-4");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("234");

        var known = get("/direct/stream-0", "If-None-Match", '"' + "ab".repeat(32) + '"');
        assertThat(known.statusCode()).isEqualTo(304);
    }

    @Test
    void answersNotFoundForWhatTheRunDoesNotListAndForWhatIsGone() throws Exception {
        Files.write(folder.resolve("other"), new byte[1]);

        for (var path :
                new String[] {"/direct/other", "/indirect/stream-0", "/legacy/stream-0", "/direct/..%2Fother"}) {
            var answer = get(path);
            assertThat(answer.statusCode()).as(path).isIn(400, 404);
            assertThat(answer.headers().firstValue("Content-Type")).as(path).hasValue("application/problem+json");
        }
        assertThat(get("/legacy/stream-0").body()).contains("not kept any more");
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var port = settings.getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%s/api/v1/runs/%s/artifacts%s".formatted(port, run.id(), path)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
