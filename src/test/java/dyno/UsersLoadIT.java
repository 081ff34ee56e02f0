package dyno;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dyno.support.PostgresTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Users as JSON Lines: sent over HTTP, loaded into tables by jobs, looked at there.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@PostgresTest
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class UsersLoadIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED", "TIMED_OUT");

    private final HttpClient client = HttpClient.newHttpClient();

    @Autowired
    private Environment settings;

    @Autowired
    private DataSource database;

    @Test
    void refusesAnUploadWhoseFramingIsBroken() throws Exception {
        var broken = put("broken", "a.jsonl", UserLines.of(1, 3) + "{\"id\":4\n");

        assertThat(broken.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(broken.body()).path("code").asString()).isEqualTo("invalid-dataset");
        assertThat(broken.body()).contains("\"file\":\"a.jsonl\"", "\"line\":4", "\"byte\":");
    }

    @Test
    void loadsWhatWasSentAndSaysWhatItCouldNotUse() throws Exception {
        var sent = put("people", "a.jsonl", UserLines.of(1, 300) + """
                {"id":"x"}
                {"id":301,"age":3000000000}
                """ + UserLines.of(302, 200));
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);

        var strict = finished(load("people", "strict", "\"onError\": \"FAIL\""));
        assertThat(strict.path("state").asString()).isEqualTo("FAILED");
        assertThat(strict.at("/failure/code").asString()).isEqualTo("INVALID_INPUT");
        assertThat(strict.at("/failure/message").asString()).contains("a.jsonl, line 301", "id is text");

        var run = run(load("people", "people", "\"onError\": \"DEAD_LETTER\""));
        assertThat(run.at("/cases/0/metrics/loaded").asLong()).isEqualTo(500);
        assertThat(run.at("/cases/0/metrics/deadLettered").asLong()).isEqualTo(2);
        assertThat(letters(run))
                .hasSize(2)
                .anySatisfy(letter -> assertThat(letter)
                        .contains("\"error\":\"id is text, not integer\"", "\"file\":\"a.jsonl\",\"line\":301"))
                .anySatisfy(letter -> assertThat(letter).contains("age is 3000000000, beyond 32 bits", "\"line\":302"));
        assertPeople();

        var again = finished(load("people", "people", "\"records\": 100"));
        assertThat(again.path("state").asString()).isEqualTo("FAILED");
        assertThat(again.at("/failure/message").asString()).contains("duplicate key");
        assertPeople();
    }

    @Test
    void hasNoScoreWhereNothingWasLoaded() throws Exception {
        var run = run("""
                {"engine": "etl", "plan": {"mode": "SMOKE"},
                 "workload": {"records": 100, "failureMode": "POISON", "failureRatio": 1.0, "onError": "DEAD_LETTER"}}
                """);

        assertThat(run.at("/cases/0/score/value").isNull()).isTrue();
        assertThat(run.at("/cases/0/score/valueReason").asString()).isEqualTo("NOTHING_LOADED");
    }

    private void assertPeople() throws Exception {
        try (var connection = database.getConnection()) {
            UserLines.assertLoaded(connection, "people", 300, 302, 200);
        }
    }

    /// What the case keeps for whoever asks.
    private List<String> letters(JsonNode run) throws Exception {
        var answer = send(
                "GET",
                "/runs/%s/artifacts/default/dead-letters.jsonl"
                        .formatted(run.path("id").asString()),
                BodyPublishers.noBody());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().lines().toList();
    }

    private static String load(String dataset, String schema, String more) {
        return """
                {"engine": "etl", "plan": {"mode": "SMOKE"},
                 "workload": {"profile": "DATABASE", "input": {"dataset": "%s"}, "batchSize": 50, "workers": 2,
                              "target": "service", "targetSchema": "%s", %s}}
                """.formatted(dataset, schema, more);
    }

    private JsonNode run(String job) throws Exception {
        var finished = finished(job);
        assertThat(finished.path("state").asString()).as(finished.toString()).isEqualTo("SUCCEEDED");
        return json("/runs/" + finished.path("runId").asString());
    }

    private JsonNode finished(String job) throws Exception {
        var answer = send("POST", "/jobs", BodyPublishers.ofString(job));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        var path = "/jobs/" + JSON.readTree(answer.body()).path("id").asString();
        return await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> json(path),
                        found -> ENDED.contains(found.path("state").asString()));
    }

    private JsonNode json(String path) throws Exception {
        var answer = send("GET", path, BodyPublishers.noBody());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> put(String name, String file, String lines) throws Exception {
        return send(
                "PUT", "/datasets/%s?kind=users&file=%s".formatted(name, file), BodyPublishers.ofString(lines, UTF_8));
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body) throws Exception {
        var root = "http://127.0.0.1:%s/api/v1".formatted(settings.getRequiredProperty("local.server.port"));
        var request = HttpRequest.newBuilder(URI.create(root + path)).method(method, body);
        if (method.equals("POST")) {
            request.header("Content-Type", "application/json");
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
