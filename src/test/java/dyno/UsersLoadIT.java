package dyno;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dyno.support.ServiceProcess;
import dyno.support.TestFolders;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Users as JSON Lines: sent over HTTP, loaded into tables by jobs, looked at there.
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class UsersLoadIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Smoke jobs may have a quarter of it.
    private static final String HEAP = "-Xmx800m";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path data = TestFolders.fresh("UsersLoadIT");

    @Test
    void loadsWhatWasSentAndSaysWhatItCouldNotUse() throws Exception {
        try (var service = ServiceProcess.start(data, HEAP);
                var database = service.database()) {
            var broken = put(service, "broken", "a.jsonl", users(1, 3) + "{\"id\":4\n");
            assertThat(broken.statusCode()).isEqualTo(422);
            assertThat(JSON.readTree(broken.body()).path("code").asString()).isEqualTo("invalid-dataset");
            assertThat(broken.body()).contains("\"file\":\"a.jsonl\"", "\"line\":4", "\"byte\":");

            var good = put(service, "people", "a.jsonl", users(1, 300) + """
                    {"id":"x"}
                    {"id":301,"age":3000000000}
                    """ + users(302, 200));
            assertThat(good.statusCode()).as(good.body()).isEqualTo(201);

            var strict = service.finished(service.submit(load("people", "strict", "FAIL")));
            assertThat(strict.path("state").asString()).isEqualTo("FAILED");
            assertThat(strict.at("/failure/code").asString()).isEqualTo("INVALID_INPUT");
            assertThat(strict.at("/failure/message").asString()).contains("a.jsonl, line 301", "id is text");

            var run = run(service, load("people", "people", "DEAD_LETTER"));
            assertThat(run.at("/cases/0/metrics/loaded").asLong()).isEqualTo(500);
            assertThat(run.at("/cases/0/metrics/deadLettered").asLong()).isEqualTo(2);
            assertThat(run.at("/cases/0/artifacts/0/name").asString()).isEqualTo("dead-letters.jsonl");
            assertThat(letters(run.path("jobId").asString()))
                    .hasSize(2)
                    .anySatisfy(letter -> assertThat(letter)
                            .contains("\"error\":\"id is text, not integer\"", "\"file\":\"a.jsonl\",\"line\":301"))
                    .anySatisfy(
                            letter -> assertThat(letter).contains("age is 3000000000, beyond 32 bits", "\"line\":302"));
            assertUsers(database, "people", 300, 302, 200);

            var again = service.finished(service.submit(load("people", "people", "DEAD_LETTER")
                    .replace("\"onError\": \"DEAD_LETTER\"", "\"records\": 100")));
            assertThat(again.path("state").asString()).isEqualTo("FAILED");
            assertThat(again.at("/failure/message").asString()).contains("duplicate key");
            assertUsers(database, "people", 300, 302, 200);

            var nothing = run(service, """
                    {"engine": "etl", "plan": {"mode": "SMOKE"},
                     "workload": {"records": 100, "failureMode": "POISON", "failureRatio": 1.0, "onError": "DEAD_LETTER"}}
                    """);
            assertThat(nothing.at("/cases/0/score/value").isNull()).isTrue();
            assertThat(nothing.at("/cases/0/score/valueReason").asString()).isEqualTo("NOTHING_LOADED");
        }
    }

    @Test
    @Tag("long")
    void loadsEveryUserOnceAlthoughItsNodeWasKilled() throws Exception {
        String job;
        try (var service = ServiceProcess.start(data, HEAP)) {
            assertThat(put(service, "many", "a.jsonl", users(1, 6_000)).statusCode())
                    .isEqualTo(201);
            job = service.submit("""
                    {"engine": "etl",
                     "workload": {"profile": "DATABASE", "input": {"dataset": "many"}, "batchSize": 5, "workers": 1,
                                  "target": "service", "targetSchema": "many"}}
                    """);
            await().atMost(1, TimeUnit.MINUTES)
                    .pollDelay(0, TimeUnit.MILLISECONDS)
                    .pollInterval(20, TimeUnit.MILLISECONDS)
                    .until(() -> batches(service, "etl_many") > 20);
            service.kill();
        }
        try (var service = ServiceProcess.start(data, HEAP)) {
            try (var database = service.database()) {
                assertThat(number(database, "SELECT count(*) FROM etl_many.users"))
                        .isBetween(100L, 5_999L);
            }
            var finished = service.finished(job);
            assertThat(finished.path("state").asString())
                    .as(finished.toString())
                    .isEqualTo("SUCCEEDED");
            assertThat(finished.path("attempt").asInt()).isEqualTo(2);
            try (var database = service.database()) {
                assertUsers(database, "many", 6_000, 6_001, 0);
                assertThat(number(database, "SELECT sum(records) FROM etl_many.etl_batch"))
                        .isEqualTo(6_000);
                assertThat(number(database, "SELECT count(*) FROM etl_many.etl_batch"))
                        .isEqualTo(1_200);
            }
        }
    }

    @Test
    @Tag("long")
    void leavesNoScratchSchemaOfACancelledJobOrAKilledNode() throws Exception {
        var job = """
                {"engine": "etl", "workload": {"profile": "DATABASE", "records": 100000000}, "plan": {"forks": 1}}
                """;
        String killed;
        try (var service = ServiceProcess.start(data, HEAP)) {
            var cancelled = service.submit(job);
            awaitScratch(service, 1);
            assertThat(service.post("/api/v1/jobs/" + cancelled + "/cancel", "").statusCode())
                    .isEqualTo(202);
            assertThat(service.finished(cancelled).path("runId").isNull()).isTrue();
            awaitScratch(service, 0);
            killed = service.submit(job);
            awaitScratch(service, 1);
            service.kill();
        }
        try (var service = ServiceProcess.start(data, HEAP)) {
            assertThat(service.post("/api/v1/jobs/" + killed + "/cancel", "").statusCode())
                    .isEqualTo(202);
            assertThat(service.finished(killed).path("state").asString()).isEqualTo("CANCELLED");
            awaitScratch(service, 0);
        }
    }

    /// What the service keeps for whoever asks for the case's artifact.
    private List<String> letters(String job) throws IOException {
        return Files.readAllLines(data.resolve("outputs").resolve(job).resolve("default/dead-letters.jsonl"));
    }

    private static void awaitScratch(ServiceProcess service, int schemas) throws SQLException {
        try (var database = service.database()) {
            await().atMost(1, TimeUnit.MINUTES).until(() -> number(database, """
                            SELECT count(*)
                            FROM pg_namespace
                            WHERE nspname LIKE 'dyno_etl_%'
                            """) == schemas);
        }
    }

    /// Two ranges of ids, each user once and whole.
    private static void assertUsers(Connection database, String schema, int first, int from, int count)
            throws SQLException {
        long users = first + count;
        long ids = (long) first * (first + 1) / 2 + (long) count * (2L * from + count - 1) / 2;
        var place = " FROM etl_" + schema + ".";
        assertThat(number(database, "SELECT count(*)" + place + "users")).isEqualTo(users);
        assertThat(number(database, "SELECT sum(id)" + place + "users WHERE username = 'name ' || id"))
                .isEqualTo(ids);
        assertThat(number(database, "SELECT count(*)" + place + "activity_log")).isEqualTo(2 * users);
        assertThat(number(
                        database,
                        "SELECT sum(user_id)" + place + "activity_log WHERE value = 'did ' || user_id || ord"))
                .isEqualTo(2 * ids);
    }

    private static String users(int from, int count) {
        var lines = new StringBuilder();
        for (int id = from; id < from + count; id++) {
            lines.append("""
                    {"id":%d,"username":"name %d","activityLog":[{"key":"a","value":"did %d0"},{"value":"did %d1"}]}
                    """.formatted(id, id, id, id));
        }
        return lines.toString();
    }

    private static String load(String dataset, String schema, String onError) {
        return """
                {"engine": "etl", "plan": {"mode": "SMOKE"},
                 "workload": {"profile": "DATABASE", "input": {"dataset": "%s"}, "batchSize": 50, "workers": 2,
                              "target": "service", "targetSchema": "%s", "onError": "%s"}}
                """.formatted(dataset, schema, onError);
    }

    private static long batches(ServiceProcess service, String schema) throws SQLException {
        try (var database = service.database()) {
            return number(database, "SELECT coalesce(to_regclass('%s.etl_batch')::oid, 0)".formatted(schema)) == 0
                    ? 0
                    : number(database, "SELECT count(*) FROM %s.etl_batch".formatted(schema));
        }
    }

    private static long number(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement();
                var found = statement.executeQuery(sql)) {
            assertThat(found.next()).isTrue();
            return found.getLong(1);
        }
    }

    private HttpResponse<String> put(ServiceProcess service, String name, String file, String lines) throws Exception {
        return client.send(
                HttpRequest.newBuilder(service.uri("/api/v1/datasets/%s?kind=users&file=%s".formatted(name, file)))
                        .PUT(BodyPublishers.ofString(lines, UTF_8))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode run(ServiceProcess service, String job) throws Exception {
        var finished = service.finished(service.submit(job));
        assertThat(finished.path("state").asString()).as(finished.toString()).isEqualTo("SUCCEEDED");
        return service.json("/api/v1/runs/" + finished.path("runId").asString());
    }
}
