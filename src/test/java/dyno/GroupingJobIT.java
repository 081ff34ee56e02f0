package dyno;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dyno.support.EventStream;
import dyno.support.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Jobs of engine `grouping` with a real service and real forks: ended half-way, gone on with, kept and fetched.
@Tag("long")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class GroupingJobIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Three row groups, which take long enough for something to happen meanwhile.
    private static final String ROWS = "\"input\": {\"generate\": {\"measurements\": 2500000}}";

    @TempDir
    static Path data;

    private static ServiceProcess service;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        // Smoke jobs may have a quarter of it.
        service = ServiceProcess.start(data, "-Xmx2g");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"strategy\": \"COLUMNAR\"",
                "\"strategy\": \"STREAMING\"",
                "\"strategy\": \"SQL_GROUP_BY\"",
                "\"strategy\": \"SQL_GROUP_BY\", \"sqlTransport\": \"JDBC\"",
                "\"strategy\": \"QUERY_PER_KEY\", \"sampleKeys\": 40"
            })
    void endsWithinASecondOfItsCancellationAtAnyStage(String strategy) throws Exception {
        for (var stage : List.of("PREPARING", "WARMUP", "MEASURING", "VERIFYING")) {
            String id = service.submit("""
                    {"engine": "grouping", "workload": {%s},
                     "plan": {"forks": 1, "warmupIterations": 1, "iterations": 1, "minIterationMillis": 0}}
                    """.formatted(strategy));
            try (var events = service.events(id)) {
                events.until(EventStream.stage(stage));
                var forks = service.forks();
                assertThat(forks).as(stage).hasSize(1);

                assertThat(service.post("/api/v1/jobs/" + id + "/cancel", "").statusCode())
                        .as(stage)
                        .isEqualTo(202);
                await().atMost(Duration.ofSeconds(1))
                        .until(() -> forks.stream().noneMatch(ProcessHandle::isAlive) && isEmpty("scratch"));
                var last = events.until(event -> event.type().equals("end")).getLast();
                assertThat(last.data().path("state").asString()).isEqualTo("CANCELLED");
            }
            assertThat(temporary()).isEmpty();
        }
    }

    /// In the service's own JVM, where nothing can be killed.
    @ParameterizedTest
    @CsvSource({"COLUMNAR, PREPARING", "COLUMNAR, MEASURING", "STREAMING, PREPARING", "STREAMING, MEASURING"})
    void endsASmokeJobWithinASecondOfItsCancellation(String strategy, String stage) throws Exception {
        int seed = (strategy + stage).hashCode(); // an input of its own, which has to be made
        String id = service.submit("""
                {"engine": "grouping",
                 "workload": {"strategy": "%s", "memoryLimitBytes": 402653184,
                              "input": {"generate": {"measurements": 1500000, "seed": %d}}},
                 "plan": {"mode": "SMOKE"}}
                """.formatted(strategy, seed));
        try (var events = service.events(id)) {
            events.until(EventStream.stage(stage));

            assertThat(service.post("/api/v1/jobs/" + id + "/cancel", "").statusCode())
                    .isEqualTo(202);
            await().atMost(Duration.ofSeconds(1)).until(() -> isEmpty("scratch"));
        }
        assertThat(service.json("/api/v1/jobs/" + id).path("state").asString()).isEqualTo("CANCELLED");
        assertThat(temporary()).isEmpty();
    }

    @Test
    void leavesNothingThatLooksCompleteWhereAForkIsKilled() throws Exception {
        String id = service.submit("""
                {"engine": "grouping", "workload": {"strategy": "STREAMING", "keepOutput": true, %s},
                 "plan": {"forks": 1, "warmupIterations": 0, "iterations": 1, "minIterationMillis": 0}}
                """.formatted(ROWS));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !find(".arrayrecord.tmp").isEmpty());
        service.forks().forEach(ProcessHandle::destroyForcibly);

        var job = service.finished(id);

        assertThat(job.path("state").asString()).isEqualTo("FAILED");
        assertThat(job.at("/failure/code").asString()).isEqualTo("FORK_FAILED");
        assertThat(find(".arrayrecord")).isEmpty();
        assertThat(temporary()).isEmpty();
        assertThat(isEmpty("scratch")).isTrue();
        assertThat(data.resolve("outputs").resolve(id)).doesNotExist();
    }

    @Test
    void goesOnFromWhatAForkThatWasKilledInPassTwoHadSpilled() throws Exception {
        var resume = """
                {"engine": "grouping", "workload": {"strategy": "STREAMING", "resume": true, %s}}
                """.formatted(ROWS);
        String killed = service.submit(resume);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !find(".arrayrecord.tmp").isEmpty());
        service.forks().forEach(ProcessHandle::destroyForcibly);
        assertThat(service.finished(killed).path("state").asString()).isEqualTo("FAILED");
        assertThat(find(".arrayrecord")).isEmpty();
        assertThat(temporary()).singleElement().asString().startsWith("spill-");

        var resumed = run(resume);
        var undisturbed = run("""
                {"engine": "grouping", "workload": {%s},
                 "plan": {"forks": 1, "warmupIterations": 0, "iterations": 1, "minIterationMillis": 0}}
                """.formatted(ROWS));

        assertThat(resumed.at("/cases/0/metrics/resumedBuckets").asLong()).isPositive();
        assertThat(resumed.at("/cases/0/metrics/filesDigest").asString())
                .isEqualTo(undisturbed.at("/cases/0/metrics/filesDigest").asString());
        assertThat(temporary()).isEmpty();
    }

    @Test
    void givesTheFilesThatItWasToldToKeep() throws Exception {
        var run = run("""
                {"engine": "grouping", "variants": [{"name": "kept", "workload": {"keepOutput": true}}],
                 "workload": {"input": {"generate": {"measurements": 5000, "probes": 100}}},
                 "matrix": {"workers": [2]},
                 "plan": {"forks": 1, "warmupIterations": 0, "iterations": 1, "minIterationMillis": 0}}
                """);
        var base = "/api/v1/runs/" + run.path("id").asString() + "/artifacts";

        var items = service.json(base).path("items");

        assertThat(items.findValuesAsString("name"))
                .containsExactly("manifest.json", "test.arrayrecord", "train.arrayrecord");
        for (var item : items) {
            var answer = client.send(
                    HttpRequest.newBuilder(service.uri(base + "/kept%5Bworkers%3D2%5D/"
                                    + item.path("name").asString()))
                            .build(),
                    BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).hasSize(item.path("bytes").intValue());
            var sha256 = MessageDigest.getInstance("SHA-256").digest(answer.body());
            assertThat(HexFormat.of().formatHex(sha256))
                    .isEqualTo(item.path("sha256").asString());
        }
    }

    /// Of figures that were recorded: an invocation of that many rows takes a third of a second and more.
    @Test
    void tellsPhasesThatAddUpToTheInvocation() throws Exception {
        var summary = run("""
                {"engine": "grouping", "workload": {%s},
                 "variants": [{"name": "columnar"},
                              {"name": "streaming", "workload": {"strategy": "STREAMING"}},
                              {"name": "sql", "workload": {"strategy": "SQL_GROUP_BY"}},
                              {"name": "sample", "workload": {"strategy": "QUERY_PER_KEY", "sampleKeys": 20}}],
                 "plan": {"forks": 1, "warmupIterations": 1, "iterations": 3}}
                """.formatted(ROWS));
        var run = service.json("/api/v1/runs/" + summary.path("id").asString() + "?expand=samples");

        assertThat(run.path("cases")).hasSize(4).allSatisfy(one -> {
            double phases = 0;
            for (var phase : one.path("phases")) {
                phases +=
                        phase.path("seconds").isNumber() ? phase.path("seconds").asDouble() : 0;
            }
            double nanos = 0;
            int invocations = 0;
            for (var sample : one.at("/forks/0/samples")) {
                nanos += sample.path("elapsedNanos").asDouble();
                invocations += sample.path("invocations").asInt();
            }
            double seconds = nanos / 1e9 / invocations;
            assertThat(seconds).as(one.path("name").asString()).isGreaterThan(0.3);
            assertThat(phases).as(one.path("name").asString()).isBetween(0.95 * seconds, 1.05 * seconds);
        });
    }

    @Test
    void scoresASampleInQueriesAndWithoutASpeedup() throws Exception {
        var run = run("""
                {"engine": "grouping", "baseline": "sql",
                 "workload": {"input": {"generate": {"measurements": 5000, "probes": 100}}},
                 "variants": [{"name": "sql", "workload": {"strategy": "SQL_GROUP_BY"}},
                              {"name": "sample", "workload": {"strategy": "QUERY_PER_KEY", "sampleKeys": 10}}],
                 "plan": {"forks": 1, "warmupIterations": 0, "iterations": 1, "minIterationMillis": 0}}
                """);

        var sample = run.at("/cases/1");
        assertThat(sample.at("/score/unit").asString()).isEqualTo("queries/s");
        assertThat(sample.path("speedup").isNull()).isTrue();
        assertThat(sample.path("speedupReason").asString()).isEqualTo("EXTRAPOLATED");
        assertThat(sample.at("/metrics/extrapolated").asInt()).isOne();
        assertThat(sample.at("/metrics/secondsPerQuery").asDouble()).isPositive();
        assertThat(sample.at("/metrics/extrapolatedSeconds").asDouble())
                .isGreaterThan(100 * sample.at("/metrics/secondsPerQuery").asDouble());
        assertThat(sample.at("/verification/checks").toString()).contains("sampleMatches");
        assertThat(run.at("/cases/0/score/unit").asString()).isEqualTo("measurements/s");
    }

    @Test
    void refusesAJobForEachOfItsContradictions() throws Exception {
        var answer = service.post("/api/v1/jobs", """
                {"engine": "grouping",
                 "workload": {"input": {"generate": {"measurements": 10, "probes": 11}}, "sampleKeys": 3,
                              "trainRatio": 0.85}}
                """);

        assertThat(answer.statusCode()).isEqualTo(422);
        var problem = JSON.readTree(answer.body());
        assertThat(problem.path("code").asString()).isEqualTo("invalid-workload");
        assertThat(problem.path("errors").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder(
                        "/workload/input/generate/probes", "/workload/sampleKeys", "/workload/trainRatio");
        assertThat(problem.path("errors").findValuesAsString("message"))
                .contains(
                        "probes must not exceed measurements (10), but is 11",
                        "sampleKeys needs strategy QUERY_PER_KEY, but strategy is COLUMNAR",
                        "trainRatio must be a multiple of 0.1 with split HASH, but is 0.85");
    }

    /// What a dataset's file may lack, each with what the problem says of its place.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * EXCLUDE (dst_addr) FROM (%s) | 0 | column | dst_addr",
                "SELECT * REPLACE (1::BIGINT AS event_time) FROM (%s) | 0 | column | event_time",
                "SELECT * FROM (%s) | 5 | byte | ",
            })
    void refusesADatasetThatItCannotRead(String sql, int cut, String place, String column) throws Exception {
        var row = "SELECT 'a' AS src_addr, 'b' AS dst_addr, 4 AS ip_version, 1.5::DOUBLE AS rtt, "
                + "make_timestamp(1750723200000000) AS event_time";
        var file = data.resolve("sent.parquet");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("COPY (%s) TO '%s' (FORMAT parquet)".formatted(sql.formatted(row), file));
        }
        byte[] bytes = Files.readAllBytes(file);

        var answer = put(
                "/api/v1/datasets/probes?kind=measurements&file=sent.parquet",
                Arrays.copyOf(bytes, bytes.length - cut));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        var problem = JSON.readTree(answer.body());
        assertThat(problem.path("code").asString()).isEqualTo("invalid-dataset");
        assertThat(answer.body()).contains("sent.parquet");
        assertThat(problem.has(place)).as(answer.body()).isTrue();
        if (column != null) {
            assertThat(problem.path(place).asString()).isEqualTo(column);
        }
    }

    private HttpResponse<String> put(String path, byte[] body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(service.uri(path))
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString(UTF_8));
    }

    private static JsonNode run(String job) throws IOException, InterruptedException {
        var finished = service.finished(service.submit(job));
        assertThat(finished.path("state").asString()).as(finished.toString()).isEqualTo("SUCCEEDED");
        return service.json("/api/v1/runs/" + finished.path("runId").asString());
    }

    /// What the cache holds beside inputs that are whole.
    private static List<String> temporary() throws IOException {
        try (var entries = Files.list(data.resolve("cache"))) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.startsWith("measurements-"))
                    .toList();
        }
    }

    private static boolean isEmpty(String folder) {
        try (var entries = Files.list(data.resolve(folder))) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Files of jobs that run or ran whose names end so.
    private static List<String> find(String suffix) throws IOException {
        var found = new ArrayList<String>();
        Files.walkFileTree(data.resolve("scratch"), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(suffix)) {
                    found.add(file.toString());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
