package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Warning;
import dyno.job.Payload.Draft;
import dyno.support.PostgresTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Jobs over real HTTP, on a node that takes jobs and runs none.
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "dyno.worker.enabled=false",
            "dyno.queue.capacity=20",
            "dyno.catalog=dyno.job.PumpCatalog",
            "dyno.memory=1GB"
        })
@PostgresTest
class JobControllerIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Those of service.md that a client can provoke here.
    private static final Set<Integer> DOCUMENTED =
            Set.of(200, 202, 400, 404, 405, 406, 409, 413, 414, 415, 422, 429, 431);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI root;
    private final NodeStore nodes;
    private final NodeQueue queue;
    private final EventLog log;
    private final JdbcClient jdbc;

    JobControllerIT(
            @LocalServerPort int port,
            @Autowired NodeStore nodes,
            @Autowired NodeQueue queue,
            @Autowired EventLog log,
            @Autowired JdbcClient jdbc) {
        this.root = URI.create("http://127.0.0.1:" + port);
        this.nodes = nodes;
        this.queue = queue;
        this.log = log;
        this.jdbc = jdbc;
        empty();
    }

    @BeforeEach
    void isEmpty() throws Exception {
        assertThat(json(get("/api/v1/jobs")).path("items")).isEmpty();
    }

    @Test
    void acceptsAJobAndShowsIt() throws Exception {
        var answer = post("/api/v1/jobs", "{'engine': 'pump', 'workload': {'chunkBytes': 64}, 'labels': {'a': 'b'}}");

        assertThat(answer.statusCode()).isEqualTo(202);
        var job = json(answer);
        assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/jobs/" + id(answer));
        assertThat(job.propertyNames())
                .containsExactly(
                        "id",
                        "engine",
                        "state",
                        "queuePosition",
                        "cases",
                        "estimatedSeconds",
                        "warnings",
                        "createdAt",
                        "startedAt",
                        "finishedAt",
                        "attempt",
                        "worker",
                        "progress",
                        "runId",
                        "failure",
                        "spec");
        assertThat(job.path("queuePosition").asInt()).isEqualTo(1);
        assertThat(job.path("spec").path("workload").path("chunkBytes").asInt()).isEqualTo(64);
        assertThat(json(get("/api/v1/jobs/" + id(answer)))).isEqualTo(job);
    }

    @Test
    void storesNothingInADryRun() throws Exception {
        var answer = post("/api/v1/jobs?dryRun=true", "{'engine': 'pump', 'matrix': {'threads': [1, 2]}}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).propertyNames())
                .containsExactly("cases", "plan", "estimatedSeconds", "memoryBytes", "scratchBytes", "warnings");
        assertThat(json(answer).path("cases").get(1).path("name").asString()).isEqualTo("default[threads=2]");
        assertThat(json(get("/api/v1/jobs")).path("items")).isEmpty();
    }

    @Test
    void tellsEveryContradictionOfAnAggregation() throws Exception {
        var answer = post(
                "/api/v1/jobs",
                "{'engine': 'aggregation', 'workload': {'input': {'generate': {'scale': 'SMALL'}}, 'strategy':"
                        + " 'STREAMING', 'workers': 4, 'prefetch': 'ALL', 'loadMethod': 'NONE', 'outputSchema': 'kept'}}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).path("code").asString()).isEqualTo("invalid-workload");
        assertThat(json(answer).path("errors")).hasSize(3);
        assertThat(json(answer).path("errors").get(0).path("pointer").asString())
                .isEqualTo("/workload/workers");
    }

    @Test
    void acceptsAJobOnceForOneIdempotencyKey() throws Exception {
        var first = send(request("/api/v1/jobs").header("Idempotency-Key", "k"), "{'engine': 'pump', 'priority': 1}");
        var again = send(request("/api/v1/jobs").header("Idempotency-Key", "k"), "{'priority': 1, 'engine': 'pump'}");
        var other = send(request("/api/v1/jobs").header("Idempotency-Key", "k"), "{'engine': 'pump'}");

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(id(again)).isEqualTo(id(first));
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(json(get("/api/v1/jobs")).path("items")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1-1-1-1-1", "0193e5a0-0000-7000-8000-000000000000", "..%2f", "%00"})
    void knowsNoJobOfThatId(String id) throws Exception {
        var answer = get("/api/v1/jobs/" + id);

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(post("/api/v1/jobs/x/cancel", "").statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/jobs/x/events").statusCode()).isEqualTo(404);
    }

    @Test
    void cancelsOnce() throws Exception {
        var id = submit();

        var cancelled = post("/api/v1/jobs/" + id + "/cancel", "");

        assertThat(cancelled.statusCode()).isEqualTo(202);
        assertThat(json(cancelled).path("state").asString()).isEqualTo("CANCELLED");
        assertThat(json(cancelled).path("queuePosition").isNull()).isTrue();
        var again = post("/api/v1/jobs/" + id + "/cancel", "");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(json(again).path("code").asString()).isEqualTo("job-finished");
    }

    @Test
    void walksTheListByItsLinks() throws Exception {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(submit().toString());
        }

        var seen = new ArrayList<String>();
        @Nullable String next = "/api/v1/jobs?limit=2&state=QUEUED";
        while (next != null) {
            var page = get(next);
            json(page).path("items").forEach(job -> seen.add(job.path("id").asString()));
            next = page.headers()
                    .firstValue("Link")
                    .map(link -> link.substring(1, link.indexOf('>')))
                    .orElse(null);
        }

        assertThat(seen).isEqualTo(ids);
    }

    @Test
    void listsEveryQueryParameterThatIsWrong() throws Exception {
        var answer = get("/api/v1/jobs?state=DONE&limit=0&cursor=x&label=a&colour=red");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer)
                        .path("errors")
                        .valueStream()
                        .map(e -> e.path("pointer").asString()))
                .containsExactlyInAnyOrder("?state", "?limit", "?cursor", "?label", "?colour");
    }

    @Test
    void refusesMoreThanTheQueueHolds() throws Exception {
        for (int i = 0; i < 20; i++) {
            submit();
        }

        var answer = post("/api/v1/jobs", "{'engine': 'pump'}");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(json(answer).path("code").asString()).isEqualTo("queue-full");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void resumesAStreamAfterWhateverEventCameLast() throws Exception {
        var id = submit();
        var events = finish(id, 450);
        var random = new Random(20_261_121);

        for (int i = 0; i < 50; i++) {
            int seen = i == 0 ? 0 : i == 1 ? events : random.nextInt(events);
            assertThat(ids(follow(id, Integer.toString(seen))))
                    .as("after event %d", seen)
                    .isEqualTo(IntStream.rangeClosed(seen + 1, events).boxed().toList());
        }
        assertThat(ids(follow(id, null))).hasSize(events);
    }

    @Test
    void listsDrainsAndResumesNodes() throws Exception {
        nodes.join(new NodeFacts("n1", "here", 2, "sha256:0", Map.of("name", "n1")), UUID.randomUUID(), queue.now());

        assertThat(json(get("/api/v1/nodes")).at("/items/0/state").asString()).isEqualTo("ACTIVE");
        assertThat(json(post("/api/v1/nodes/n1/drain", "")).path("state").asString())
                .isEqualTo("DRAINING");
        var resumed = json(post("/api/v1/nodes/n1/resume", ""));
        assertThat(resumed.path("state").asString()).isEqualTo("ACTIVE");
        assertThat(resumed.path("running")).isEmpty();
        assertThat(resumed.at("/labels/name").asString()).isEqualTo("n1");
        assertThat(post("/api/v1/nodes/n2/drain", "").statusCode()).isEqualTo(404);
    }

    @Test
    void feedsThoseWhoFollowWhileItHappens() throws Exception {
        var id = submit();
        var claim = queue.claims()
                .claim(TestQueue.claimant("n"), new Room(true, Long.MAX_VALUE), queue.now())
                .orElseThrow();
        var answers = IntStream.range(0, 20)
                .mapToObj(i -> client.sendAsync(
                        request("/api/v1/jobs/" + id + "/events").build(), BodyHandlers.ofString()))
                .toList();

        int events = append(claim, 30);

        for (var answer : answers) {
            assertThat(ids(answer.get().body()))
                    .isEqualTo(IntStream.rangeClosed(1, events).boxed().toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "-1", "999999", "99999999999999999999", "1.5", "1 2"})
    void resynchronisesAfterAnEventThatItDoesNotKnow(String lastSeen) throws Exception {
        var id = submit();
        var events = finish(id, 3);

        var stream = follow(id, lastSeen);

        assertThat(stream).contains("event:resync").contains("id:" + events).doesNotContain("event:state");
    }

    @Test
    void answersFiveHundredMutatedRequestsAsDocumented() throws Exception {
        answersMutatedRequestsAsDocumented(500, 42);
    }

    @Test
    @Tag("long")
    void answersTenThousandMutatedRequestsAsDocumented() throws Exception {
        answersMutatedRequestsAsDocumented(10_000, 20_261_121);
    }

    private void answersMutatedRequestsAsDocumented(int requests, long seed) throws Exception {
        var mutations = new Mutations(new Random(seed));
        var statuses = new HashSet<Integer>();
        for (int i = 0; i < requests; i++) {
            if (i % 15 == 0) {
                // A full queue would answer for everything that comes after.
                empty();
            }
            var mutation = mutations.next(root);
            var answer = client.send(mutation.request(), BodyHandlers.ofString());

            statuses.add(answer.statusCode());
            assertThat(DOCUMENTED).as("%s answered %s", mutation, answer.body()).contains(answer.statusCode());
            assertThat(answer.body()).as("%s", mutation).doesNotContain("\tat ").doesNotContain("Exception");
            if (answer.statusCode() >= 400) {
                assertThat(answer.headers().firstValue("Content-Type"))
                        .as("%s", mutation)
                        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
            }
        }
        assertThat(statuses).contains(200, 202, 400, 404, 405, 415);
    }

    private void empty() {
        jdbc.sql("TRUNCATE job, job_event, job_dataset").update();
    }

    private int finish(UUID id, int warnings) {
        var claim = queue.claims()
                .claim(TestQueue.claimant("n"), new Room(true, Long.MAX_VALUE), queue.now())
                .orElseThrow();
        assertThat(claim.job()).isEqualTo(id);
        return append(claim, warnings);
    }

    /// @return number of all events of the job, which is finished then
    private int append(Claim claim, int warnings) {
        for (int i = 0; i < warnings; i++) {
            var draft = Draft.warning(new Warning("W" + i, "ünïcödé"));
            assertThat(queue.claims().append(claim, null, List.of(draft), queue.now()))
                    .isTrue();
        }
        var end = new JobEnd(JobState.SUCCEEDED, null, null);
        assertThat(queue.claims().finish(claim, end, List.of(), queue.now())).isTrue();
        return Math.toIntExact(log.position(claim.job()).orElseThrow().last());
    }

    private String follow(UUID id, @Nullable String lastSeen) throws Exception {
        var request = request("/api/v1/jobs/" + id + "/events").header("Accept", "text/event-stream");
        if (lastSeen != null) {
            request.header("Last-Event-ID", lastSeen);
        }
        var answer = client.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static List<Integer> ids(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("id:"))
                .map(line -> Integer.valueOf(line.substring(3)))
                .toList();
    }

    private UUID submit() throws Exception {
        return id(post("/api/v1/jobs", "{'engine': 'pump'}"));
    }

    private static UUID id(HttpResponse<String> answer) {
        return UUID.fromString(json(answer).path("id").asString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path), body);
    }

    /// @param body with apostrophes for quotation marks
    private HttpResponse<String> send(HttpRequest.Builder request, String body)
            throws IOException, InterruptedException {
        return client.send(
                request.header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.replace('\'', '"')))
                        .build(),
                BodyHandlers.ofString());
    }
}
