package dyno.result;

import static dyno.result.Runs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dyno.measurement.Plan.Mode;
import dyno.support.PostgresTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@PostgresTest
class RunControllerIT {

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();

    @Autowired
    private ResultStore store;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Environment settings;

    @BeforeEach
    void empty() {
        jdbc.sql("TRUNCATE environment, run CASCADE").update();
    }

    @Test
    void showsARunAsTheContractHasIt() throws Exception {
        var run = stored(Runs.at(NOON));

        var body = tree("/api/v1/runs/" + run.id());

        assertThat(body.path("startedAt").asString()).isEqualTo("2026-01-01T12:00:00.123456Z");
        assertThat(body.path("quality").toString())
                .isEqualTo("{\"grade\":null,\"gradeReason\":\"NOT_GRADED\",\"warnings\":[\"LOADED_HOST\"],"
                        + "\"findings\":[],\"unchecked\":[],\"canary\":null}");
        assertThat(body.at("/environment/facts/governor").toString())
                .isEqualTo("{\"value\":null,\"reason\":\"NO_CPUFREQ\"}");
        assertThat(body.at("/environment/facts/l3Bytes").toString())
                .isEqualTo("{\"value\":33554432,\"unit\":\"bytes\"}");
        var direct = body.path("cases").get(1);
        assertThat(direct.path("score").toString()).isEqualTo("""
                {"value":4.31E10,"unit":"bytes/s","better":"HIGHER","ci95":[4.22E10,4.4E10],"forks":3,"samples":15}""");
        assertThat(direct.path("speedup").toString())
                .isEqualTo("{\"baseline\":\"legacy\",\"ratio\":8.7,\"ci95\":[8.3,9.1]}");
        assertThat(direct.path("secondsPerInvocation").toString()).isEqualTo("""
                {"median":0.0998,"min":0.0981,"max":0.104,"p95":null,"p95Reason":"NEEDS_100_SAMPLES",\
                "p99":null,"p99Reason":"NEEDS_500_SAMPLES","mad":4.0E-4}""");
        assertThat(direct.at("/verification/status").asString()).isEqualTo("PASSED");
        assertThat(direct.at("/verification/checks/0").toString())
                .isEqualTo("{\"name\":\"goldenVectors\",\"passed\":true}");
        assertThat(direct.at("/phases/0").toString())
                .isEqualTo("{\"name\":\"generate\",\"seconds\":0.0998,\"clock\":\"WALL\"}");
        assertThat(direct.at("/phases/1/secondsReason").asString()).isEqualTo("NOT_TOLD");
        assertThat(direct.path("metrics").toString())
                .endsWith("\"shareOfZero\":null,\"shareOfZeroReason\":\"NO_ZERO_CASE\"}");
        assertThat(direct.has("speedupReason")).isFalse();
        assertThat(direct.path("failure").isNull()).isTrue();
        assertThat(direct.has("forks")).isFalse();
        assertThat(body.at("/cases/2/failure/code").asString()).isEqualTo("OUT_OF_MEMORY");
        assertThat(body.at("/cases/2/score").isNull()).isTrue();
    }

    @Test
    void addsForksAndRawSamplesOnRequest() throws Exception {
        var run = stored(Runs.at(NOON));

        var fork = tree("/api/v1/runs/" + run.id() + "?expand=samples").at("/cases/0/forks/1");

        assertThat(fork.path("index").asInt()).isEqualTo(1);
        assertThat(fork.path("pid").asLong()).isEqualTo(4_712);
        assertThat(fork.path("jvmFlags").toString()).isEqualTo("[\"-Xmx1g\",\"-XX:+UseG1GC\"]");
        assertThat(fork.path("samples")).hasSize(5);
        assertThat(fork.at("/samples/0").toString())
                .isEqualTo("{\"elapsedNanos\":207000021,\"invocations\":2,\"items\":0,\"bytes\":8589934592}");
    }

    @Test
    void showsWhyARunHasItsGrade() throws Exception {
        var run = stored(Runs.graded(NOON));

        var quality = tree("/api/v1/runs/" + run.id()).path("quality");

        assertThat(quality.path("grade").asString()).isEqualTo("C");
        assertThat(quality.has("gradeReason")).isFalse();
        assertThat(quality.path("warnings").toString()).isEqualTo("[\"STEAL\",\"FEW_CPUS\"]");
        assertThat(quality.path("findings").get(0).toString()).isEqualTo("""
                {"code":"STEAL","grade":"C","value":0.1,"limit":0.05,"case":"direct","fork":0,"detail":"much"}""");
        assertThat(quality.path("findings").get(1).toString()).isEqualTo("""
                {"code":"FEW_CPUS","grade":"B","value":2.0,"limit":4.0,"detail":"few"}""");
        assertThat(quality.path("unchecked").toString())
                .isEqualTo("[{\"code\":\"GOVERNOR\",\"reason\":\"NO_CPUFREQ\"}]");
        assertThat(quality.path("canary").toString())
                .isEqualTo("{\"score\":1.0E8,\"unit\":\"steps/s\",\"spread\":0.02,\"looks\":6}");
        assertThat(tree("/api/v1/runs").at("/items/0/quality").toString())
                .isEqualTo("{\"grade\":\"C\",\"warnings\":[\"STEAL\",\"FEW_CPUS\"]}");
        assertThat(store.find(run.id(), false).orElseThrow().quality()).isEqualTo(run.quality());
        assertThat(jdbc.sql("SELECT canary_score FROM run").query(Double.class).single())
                .isEqualTo(1e8);
    }

    @Test
    void exportsInTheFormatThatIsAskedFor() throws Exception {
        var path = "/api/v1/runs/" + stored(Runs.at(NOON)).id() + "/export";

        var jmh = get(path + "?format=jmh");
        var bmf = get(path + "?format=bmf");
        var csv = get(path + "?format=csv");
        var openMetrics = get(path + "?format=openmetrics");

        assertThat(contentType(jmh)).isEqualTo("application/json");
        assertThat(json.readTree(jmh.body()).at("/1/primaryMetric/score").asDouble())
                .isEqualTo(4.31e10);
        assertThat(contentType(bmf)).isEqualTo("application/vnd.bencher.bmf+json");
        assertThat(json.readTree(bmf.body())
                        .at("/generator~1direct/bytes-per-second/value")
                        .asDouble())
                .isEqualTo(4.31e10);
        assertThat(contentType(csv)).isEqualTo("text/csv;charset=UTF-8");
        assertThat(csv.body().lines()).hasSize(4);
        assertThat(contentType(openMetrics)).startsWith("application/openmetrics-text");
        assertThat(openMetrics.body()).endsWith("# EOF\n");
        var tag = jmh.headers().firstValue("ETag").orElseThrow();
        assertThat(get(path + "?format=jmh", "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @Test
    void exportsInTheFormatThatIsWelcome() throws Exception {
        var path = "/api/v1/runs/" + stored(Runs.at(NOON)).id() + "/export";

        assertThat(contentType(get(path))).isEqualTo("application/json");
        assertThat(contentType(get(path, "Accept", "text/csv"))).isEqualTo("text/csv;charset=UTF-8");
        assertThat(contentType(get(path, "Accept", "text/csv;q=0.5, application/openmetrics-text;version=1.0.0")))
                .startsWith("application/openmetrics-text");
        assertThat(contentType(get(path, "Accept", "application/vnd.bencher.bmf+json, */*;q=0.1")))
                .isEqualTo("application/vnd.bencher.bmf+json");
        assertThat(contentType(get(path, "Accept", "*/*"))).isEqualTo("application/json");
        var refused = get(path, "Accept", "image/png");
        assertThat(refused.statusCode()).isEqualTo(406);
        assertThat(json.readTree(refused.body()).path("code").asString()).isEqualTo("not-acceptable");
        assertThat(get(path + "?format=xml").statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/runs/" + UUID.randomUUID() + "/export").statusCode())
                .isEqualTo(404);
    }

    @Test
    void importsWhatAnotherToolMeasuredAndMarksIt() throws Exception {
        var answer = importing(
                "?format=jmh&startedAt=2026-01-02T03:04:05Z&label=branch:main", JmhDocuments.written(), "import-1");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var run = json.readTree(answer.body());
        assertThat(answer.headers().firstValue("Location"))
                .hasValue("/api/v1/runs/" + run.path("id").asString());
        assertThat(run.path("imported").asBoolean()).isTrue();
        assertThat(run.path("engine").asString()).isEqualTo("imported");
        assertThat(run.path("jobId").isNull()).isTrue();
        assertThat(run.path("startedAt").asString()).isEqualTo("2026-01-02T03:04:05.000000Z");
        assertThat(run.at("/quality/gradeReason").asString()).isEqualTo("IMPORTED");
        var stored = tree("/api/v1/runs/" + run.path("id").asString());
        assertThat(stored).isEqualTo(run);
        assertThat(tree("/api/v1/runs?engine=imported&label=branch:main").path("items"))
                .hasSize(1);
        assertThat(tree("/api/v1/environments/"
                                + run.at("/environment/fingerprint").asString())
                        .at("/facts/jvm.version/value")
                        .asString())
                .isNotEmpty();
        var again = importing(
                "?format=jmh&startedAt=2026-01-02T03:04:05Z&label=branch:main", JmhDocuments.written(), "import-1");
        assertThat(again.body()).isEqualTo(answer.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(importing("?format=jmh", JmhDocuments.written(), "import-1").statusCode())
                .isEqualTo(422);
    }

    @Test
    void keepsTheFactsOfAnEnvironmentThatAnImportNames() throws Exception {
        var measured = stored(Runs.at(NOON));
        var fingerprint = measured.environment().fingerprint();

        var answer = importing("?format=bmf&fingerprint=" + fingerprint, """
                {"build": {"build-time": {"value": 87.0}}}""", null);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var environment = tree("/api/v1/environments/" + fingerprint);
        assertThat(environment.path("runs").asInt()).isEqualTo(2);
        assertThat(environment.at("/facts/kernel/value").asString()).isEqualTo("6.1.0");
    }

    @Test
    void refusesImportsWithEverythingThatIsWrong() throws Exception {
        var query = importing("?format=xml&startedAt=now&label=x&fingerprint=abc&mode=SMOKE", "[]", null);
        var body = importing("?format=jmh", "[{\"benchmark\": 1, \"mode\": \"fast\"}, 7]", null);

        assertThat(query.statusCode()).isEqualTo(400);
        assertThat(json.readTree(query.body()).path("errors").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder("?format", "?startedAt", "?label", "?fingerprint", "?mode");
        assertThat(body.statusCode()).isEqualTo(400);
        assertThat(json.readTree(body.body()).path("errors").findValuesAsString("pointer"))
                .containsExactly("/0/benchmark", "/0/mode", "/0/primaryMetric", "/1");
        assertThat(importing("?format=bmf", "{", null).statusCode()).isEqualTo(400);
    }

    private static String contentType(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElseThrow();
    }

    private HttpResponse<String> importing(String query, String body, @Nullable String key)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                        + settings.getRequiredProperty("local.server.port") + "/api/v1/runs/import" + query))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void answers304ToWhoHasTheRunAlready() throws Exception {
        var run = stored(Runs.at(NOON));
        var path = "/api/v1/runs/" + run.id();
        var tag = get(path).headers().firstValue("ETag").orElseThrow();

        var again = get(path, "If-None-Match", tag);

        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).hasValue(tag);
        assertThat(get(path + "?expand=samples", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
        assertThat(get(path).headers().firstValue("Cache-Control").orElseThrow())
                .contains("private", "immutable");
    }

    @Test
    void answersJsonByItsName() throws Exception {
        var run = stored(Runs.at(NOON));

        assertThat(get("/api/v1/runs/" + run.id()).headers().firstValue("Content-Type"))
                .hasValue("application/json");
    }

    @Test
    void hasAProblemForARunThatIsNotThere() throws Exception {
        for (var id : List.of(UUID.randomUUID().toString(), "nonsense", "1-1-1-1-1")) {
            var answer = get("/api/v1/runs/" + id);

            assertThat(answer.statusCode()).as(id).isEqualTo(404);
            assertThat(json.readTree(answer.body()).path("code").asString()).isEqualTo("not-found");
        }
    }

    @Test
    void refusesAnExpansionAndAParameterItDoesNotKnow() throws Exception {
        var answer = get("/api/v1/runs/" + UUID.randomUUID() + "?expand=forks&verbose=1");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json.readTree(answer.body()).path("errors").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder("?expand", "?verbose");
    }

    @Test
    void listsTheNewestRunFirstInPagesThatInsertsDoNotShift() throws Exception {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(stored(Runs.at(NOON.plusSeconds(i / 2))).id().toString());
        }
        var first = get("/api/v1/runs?limit=2");
        stored(Runs.at(NOON.plusSeconds(60)));

        var seen = new ArrayList<String>();
        var page = first;
        while (true) {
            seen.addAll(json.readTree(page.body()).path("items").findValuesAsString("id"));
            var next = page.headers().firstValue("Link");
            assertThat(json.readTree(page.body()).path("nextCursor").isNull()).isEqualTo(next.isEmpty());
            if (next.isEmpty()) {
                break;
            }
            assertThat(next.get()).endsWith("; rel=\"next\"");
            page = get(next.get().substring(1, next.get().indexOf('>')));
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(ids).doesNotHaveDuplicates();
        assertThat(seen.getFirst()).isEqualTo(ids.getFirst());
    }

    @Test
    void summarisesARunInAList() throws Exception {
        var run = stored(Runs.at(NOON));

        var item = tree("/api/v1/runs").at("/items/0");

        assertThat(item.path("id").asString()).isEqualTo(run.id().toString());
        assertThat(item.at("/plan/mode").asString()).isEqualTo("MEASURE");
        assertThat(item.path("fingerprint").asString())
                .isEqualTo(run.environment().fingerprint());
        assertThat(item.path("partial").asBoolean()).isTrue();
        assertThat(item.path("cases").asInt()).isEqualTo(3);
        assertThat(item.at("/labels/branch").asString()).isEqualTo("main");
    }

    @Test
    void filtersByEngineLabelsTimeAndMode() throws Exception {
        var nightly = Map.of("branch", "main", "suite", "a:b");
        var wanted = stored(Runs.run(NOON, "generator", Mode.MEASURE, nightly));
        var other = stored(Runs.run(NOON.plusSeconds(10), "marc", Mode.MEASURE, Map.of("branch", "main")));
        var smoke = stored(Runs.run(NOON.plusSeconds(20), "generator", Mode.SMOKE, Map.of()));

        assertThat(ids("")).containsExactly(other.id(), wanted.id());
        assertThat(ids("?engine=generator")).containsExactly(wanted.id());
        assertThat(ids("?label=branch:main")).containsExactly(other.id(), wanted.id());
        assertThat(ids("?label=branch:main&label=suite:a:b")).containsExactly(wanted.id());
        assertThat(ids("?mode=SMOKE")).containsExactly(smoke.id());
        assertThat(ids("?since=2026-01-01T12:00:10Z")).containsExactly(other.id());
        assertThat(ids("?until=2026-01-01T12:00:10.123456Z")).containsExactly(wanted.id());
        assertThat(ids("?since=2026-01-01T12:00:00.123456Z&until=2026-01-01T12:00:00.123457Z"))
                .containsExactly(wanted.id());
    }

    @Test
    void namesEveryParameterThatIsWrong() throws Exception {
        var answer = get("/api/v1/runs?mode=smoke&since=yesterday&limit=0&cursor=x&label=nocolon&sort=id");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json.readTree(answer.body()).path("errors").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder("?mode", "?since", "?limit", "?cursor", "?label", "?sort");
    }

    @Test
    void showsTheEnvironmentsThatRunsWereTakenOn() throws Exception {
        var run = stored(Runs.at(NOON));
        stored(Runs.at(NOON.plusSeconds(60)));
        var fingerprint = run.environment().fingerprint();

        var listed = tree("/api/v1/environments").path("items");
        var one = tree("/api/v1/environments/" + fingerprint);

        assertThat(listed).hasSize(1);
        assertThat(listed.get(0)).isEqualTo(one);
        assertThat(one.path("fingerprint").asString()).isEqualTo(fingerprint);
        assertThat(one.path("runs").asInt()).isEqualTo(2);
        assertThat(one.path("firstSeenAt").asString()).isEqualTo("2026-01-01T12:00:00.123456Z");
        assertThat(one.path("lastSeenAt").asString()).isEqualTo("2026-01-01T12:01:00.123456Z");
        assertThat(one.at("/facts/kernel/value").asString()).isEqualTo("6.1.0");
        assertThat(one.path("facts").has("loadStart")).isFalse();
        assertThat(get("/api/v1/environments/sha256:00").statusCode()).isEqualTo(404);
    }

    private Run stored(Run run) {
        store.add(run);
        return run;
    }

    private List<UUID> ids(String query) throws IOException, InterruptedException {
        return tree("/api/v1/runs" + query).path("items").findValuesAsString("id").stream()
                .map(UUID::fromString)
                .toList();
    }

    private JsonNode tree(String path) throws IOException, InterruptedException {
        var answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + settings.getRequiredProperty("local.server.port") + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
