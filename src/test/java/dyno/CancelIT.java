package dyno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dyno.support.EventStream;
import dyno.support.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cancels a job wherever it can be, with a real service and real forks.
class CancelIT {

    @TempDir
    static Path data;

    private static ServiceProcess service;
    private static Path gate;

    @BeforeAll
    static void start() throws Exception {
        gate = Files.createFile(data.resolve("gate"));
        service = ServiceProcess.start(data.resolve("service"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PREPARING", "WARMUP", "MEASURING", "VERIFYING"})
    void endsAForkAtAnyStage(String stage) throws Exception {
        String id = service.submit(stoppingAt(stage));
        List<ProcessHandle> forks;
        try (var events = service.events(id)) {
            events.until(EventStream.stage(stage));
            forks = forks();
            assertThat(forks).hasSize(1);

            assertThat(service.post("/api/v1/jobs/" + id + "/cancel", "").statusCode())
                    .isEqualTo(202);
            await().atMost(Duration.ofSeconds(1)).until(() -> forks.stream().noneMatch(ProcessHandle::isAlive));
            await().atMost(Duration.ofSeconds(1)).until(this::scratchIsEmpty);
            var last = events.until(event -> event.type().equals("end")).getLast();
            assertThat(last.data().path("state").asString()).isEqualTo("CANCELLED");
        }
        var job = service.json("/api/v1/jobs/" + id);
        assertThat(job.path("state").asString()).isEqualTo("CANCELLED");
        assertThat(job.path("runId").isNull()).isTrue();
    }

    @Test
    void takesAWaitingJobOutOfTheQueue() throws Exception {
        String running = service.submit(stoppingAt("MEASURING"));
        String waiting = service.submit(stoppingAt("NOWHERE"));
        assertThat(service.post("/api/v1/jobs/" + waiting + "/cancel", "").statusCode())
                .isEqualTo(202);
        var job = service.finished(waiting);
        assertThat(job.path("state").asString()).isEqualTo("CANCELLED");
        assertThat(job.path("attempt").asInt()).isZero();

        assertThat(service.post("/api/v1/jobs/" + waiting + "/cancel", "").statusCode())
                .isEqualTo(409);
        assertThat(service.post("/api/v1/jobs/" + running + "/cancel", "").statusCode())
                .isEqualTo(202);
        assertThat(service.finished(running).path("state").asString()).isEqualTo("CANCELLED");
    }

    @Test
    void winsAgainstAResultThatIsBeingStored() throws Exception {
        try (var database = service.database()) {
            database.setAutoCommit(false);
            try (var statement = database.createStatement()) {
                statement.execute("LOCK TABLE run IN ACCESS EXCLUSIVE MODE");
            }
            String id = service.submit(stoppingAt("NOWHERE"));
            await().atMost(Duration.ofSeconds(30)).until(this::aSessionWaitsForTheRunTable);

            assertThat(service.post("/api/v1/jobs/" + id + "/cancel", "").statusCode())
                    .isEqualTo(202);
            await().atMost(Duration.ofSeconds(1)).until(() -> forks().isEmpty());
            await().atMost(Duration.ofSeconds(1)).until(this::scratchIsEmpty);
            database.rollback();

            var job = service.finished(id);
            assertThat(job.path("state").asString()).isEqualTo("CANCELLED");
            assertThat(job.path("runId").isNull()).isTrue();
            String next = service.submit(stoppingAt("NOWHERE"));
            assertThat(service.finished(next).path("state").asString()).isEqualTo("SUCCEEDED");
            try (var statement = database.createStatement();
                    var runs = statement.executeQuery("SELECT count(*) FROM run WHERE job_id = '" + id + "'")) {
                assertThat(runs.next()).isTrue();
                assertThat(runs.getInt(1)).isZero();
            }
        }
    }

    private boolean aSessionWaitsForTheRunTable() throws Exception {
        try (var database = service.database();
                var statement = database.createStatement();
                var waiting = statement.executeQuery("""
                        SELECT count(*)
                        FROM pg_locks
                        WHERE relation = 'run'::regclass
                        AND NOT granted
                        """)) {
            return waiting.next() && waiting.getInt(1) > 0;
        }
    }

    private static String stoppingAt(String stage) {
        return """
                {"engine": "checker",
                 "workload": {"blockBytes": 4096, "stop": "%s", "whileExists": "%s"},
                 "plan": {"forks": 2, "warmupIterations": 1, "iterations": 1, "minIterationMillis": 1}}
                """.formatted(stage, gate);
    }

    private static List<ProcessHandle> forks() {
        return service.descendants().stream()
                .filter(process -> process.info().commandLine().orElse("").contains("dyno.Dyno fork"))
                .toList();
    }

    private boolean scratchIsEmpty() {
        try (var entries = Files.list(service.data().resolve("scratch"))) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
