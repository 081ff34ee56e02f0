package dyno.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.PostgresTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Jobs stay where they are: no worker runs.
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "dyno.worker.enabled=false",
            "dyno.queue.capacity=3",
            "dyno.suites=src/test/resources/small-suites"
        })
@PostgresTest
class SuiteControllerIT {

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Environment settings;

    @BeforeEach
    void empty() {
        jdbc.sql("DELETE FROM job_event").update();
        jdbc.sql("DELETE FROM job").update();
        jdbc.sql("DELETE FROM idempotency_key").update();
    }

    @Test
    void listsSuitesWithTheirJobs() throws Exception {
        var body = tree(get("/api/v1/suites"), 200);

        assertThat(body.path("items").findValuesAsString("description")).containsExactly("Two small jobs", "One more");
        assertThat(body.path("nextCursor").isNull()).isTrue();
        assertThat(body.at("/items/0/jobs/0/engine").asString()).isEqualTo("generator");
    }

    @Test
    void showsIncludedJobsToo() throws Exception {
        var body = tree(get("/api/v1/suites/more"), 200);

        assertThat(body.path("jobs").valueStream().map(job -> job.path("name").asString()))
                .containsExactly("zero", "counter", "huge");
        assertThat(body.at("/jobs/1/workload/totalBytes").asLong()).isEqualTo(1_048_576);
    }

    @Test
    void submitsTheJobsOfASuiteWithItsLabels() throws Exception {
        var body = tree(post("/api/v1/suites/base/jobs", "", null), 202);

        var suiteRun = body.path("suiteRun").asString();
        assertThat(suiteRun).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");
        assertThat(body.path("jobs")).hasSize(2);
        assertThat(body.path("skipped")).isEmpty();
        var labels = body.at("/jobs/0/spec/labels");
        assertThat(labels.path("suite").asString()).isEqualTo("base");
        assertThat(labels.path("suiteRun").asString()).isEqualTo(suiteRun);
        assertThat(labels.path("job").asString()).isEqualTo("zero");
        var stored = tree(get("/api/v1/jobs?label=suiteRun:" + suiteRun), 200);
        assertThat(stored.path("items").findValuesAsString("state")).containsExactly("QUEUED", "QUEUED");
    }

    @Test
    void showsTheJobsOfASuiteAsTheyAreShownAlone() throws Exception {
        var submitted = tree(post("/api/v1/suites/base/jobs", "", null), 202).path("jobs");

        assertThat(submitted).hasSize(2);
        for (int i = 0; i < submitted.size(); i++) {
            var job = submitted.get(i);
            assertThat(job.path("queuePosition").asInt()).isEqualTo(i + 1);
            assertThat(job).isEqualTo(tree(get("/api/v1/jobs/" + job.path("id").asString()), 200));
        }
    }

    @Test
    void leavesOutAJobThatThisNodeCannotRunAndSaysWhy() throws Exception {
        var body = tree(post("/api/v1/suites/more/jobs", "{}", null), 202);

        assertThat(body.path("jobs")).hasSize(2);
        assertThat(body.at("/skipped/0/name").asString()).isEqualTo("huge");
        assertThat(body.at("/skipped/0/code").asString()).isEqualTo("resource-limit");
        assertThat(body.at("/skipped/0/reason").asString()).contains("bytes");
    }

    @Test
    void queuesAllJobsOrNone() throws Exception {
        tree(post("/api/v1/suites/base/jobs", "", null), 202);

        var refused = tree(post("/api/v1/suites/base/jobs", "", null), 429);

        assertThat(refused.path("code").asString()).isEqualTo("queue-full");
        assertThat(jobs()).isEqualTo(2);
    }

    @Test
    void submitsOnceForAnIdempotencyKey() throws Exception {
        var first = post("/api/v1/suites/base/jobs", "", "nightly");
        var second = post("/api/v1/suites/base/jobs", "{}", "nightly");

        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(jobs()).isEqualTo(2);
    }

    @Test
    void refusesFieldsAndSuitesThatDoNotExist() throws Exception {
        var field = tree(post("/api/v1/suites/base/jobs", "{\"a/b\": 1}", null), 400);

        assertThat(field.path("code").asString()).isEqualTo("unknown-field");
        assertThat(field.at("/errors/0/pointer").asString()).isEqualTo("/a~1b");
        assertThat(tree(get("/api/v1/suites/none"), 404).path("code").asString())
                .isEqualTo("unknown-suite");
        assertThat(tree(post("/api/v1/suites/none/jobs", "", null), 404)
                        .path("code")
                        .asString())
                .isEqualTo("unknown-suite");
        assertThat(jobs()).isZero();
    }

    @Test
    void findsTheShippedSuitesFit() {
        assertThat(SuiteFolder.read("", Path.of("")))
                .extracting(SuiteFolder.Text::name)
                .contains("quick");
    }

    private long jobs() {
        return jdbc.sql("SELECT count(*) FROM job").query(Long.class).single();
    }

    private JsonNode tree(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return json.readTree(answer.body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body, String key) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path))
                .POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + settings.getRequiredProperty("local.server.port") + path);
    }
}
