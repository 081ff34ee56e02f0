package dyno;

import static dyno.support.Rows.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dyno.embedded.EmbeddedPostgres;
import dyno.support.EventStream;
import dyno.support.ServiceProcess;
import dyno.support.TcpProxy;
import dyno.support.TestDatabase;
import dyno.support.TestDatabase.Address;
import dyno.support.TestFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several services, each a process, on one PostgreSQL.
@Tag("long")
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class ManyNodesIT {

    private static final String SMOKE = """
            {"engine": "checker", "plan": {"mode": "SMOKE"}}
            """;
    private static final String MEASURE = """
            {"engine": "checker", "plan": {"forks": 1, "warmupIterations": 0, "iterations": 1, "minIterationMillis": 1}}
            """;

    /// All of its schedules are left out.
    private static final String NO_OTHER_SCHEDULES = "-Ddyno.schedules=src/test/resources/small-schedules.yml";

    @TempDir
    Path folder;

    private final List<ServiceProcess> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(ServiceProcess::close);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void runEachJobOnce(int count) throws Exception {
        var database = TestDatabase.address();
        start(count, database);
        var accepted = new ArrayList<String>();
        for (int i = 0; i < 300; i++) {
            accepted.add(nodes.get(i % count).submit(SMOKE));
            if (i % 50 == 25) {
                accepted.add(nodes.get((i / 50) % count).submit(MEASURE));
            }
        }

        try (var connection = connection(database)) {
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> number(connection, "SELECT count(*) FROM job WHERE finished_at IS NULL") == 0);

            assertThat(accepted).hasSize(306);
            assertThat(number(connection, "SELECT count(*) FROM job WHERE state = 'SUCCEEDED' AND attempt = 1"))
                    .isEqualTo(306);
            assertThat(number(connection, "SELECT count(*) FROM run")).isEqualTo(306);
            assertThat(number(connection, """
                    SELECT count(*)
                    FROM job_event
                    WHERE type = 'state' AND payload ->> 'state' = 'RUNNING'
                    """)).isEqualTo(306);
            assertThat(number(connection, "SELECT count(DISTINCT worker) FROM job"))
                    .isEqualTo(count);
        }
        var listed = nodes.getFirst().json("/api/v1/nodes").path("items");
        assertThat(listed).hasSize(count);
        assertThat(listed.findValuesAsString("state")).containsOnly("ACTIVE");
    }

    @Test
    void endTheJobOfANodeThatIsKilled() throws Exception {
        start(2, TestDatabase.address());
        var gate = Files.createFile(folder.resolve("gate"));
        var id = running(gate);
        var owner = ownerOf(id);
        var killedAt = Instant.now();

        nodes.remove(owner);
        owner.kill();
        Files.delete(gate);
        var job = nodes.getFirst().finished(id);

        assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");
        assertThat(job.path("attempt").asInt()).isEqualTo(2);
        assertThat(Duration.between(killedAt, Instant.now())).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void takeTheJobOfAFrozenNodeWhichIsRefusedWhenItThaws() throws Exception {
        var database = TestDatabase.address();
        start(2, database);
        var gate = Files.createFile(folder.resolve("gate"));
        var id = running(gate);
        var frozen = ownerOf(id);
        var other = nodes.get(1 - nodes.indexOf(frozen));

        signal("STOP", frozen);
        Files.delete(gate);
        var job = other.finished(id);
        // How long it is frozen is the test's input.
        new CountDownLatch(1).await(2, TimeUnit.MINUTES);
        signal("CONT", frozen);

        assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");
        assertThat(job.path("attempt").asInt()).isEqualTo(2);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> log(frozen).contains("the end of attempt 1 is refused")
                        || log(frozen).contains("interrupted: LOST"));
        assertThat(frozen.json("/api/v1/jobs/" + id)).isEqualTo(job);
        try (var connection = connection(database)) {
            assertThat(number(connection, "SELECT count(*) FROM run")).isEqualTo(1);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> frozen.forks().isEmpty());
        assertThat(frozen.json("/api/v1/nodes").path("items").findValuesAsString("state"))
                .containsOnly("ACTIVE");
    }

    @Test
    void loseNothingWhilePostgresqlIsStoppedForAMinute() throws Exception {
        var tables = folder.resolve("postgres");
        var postgres = EmbeddedPostgres.start(tables, TestFolders.programs());
        try (var proxy = new TcpProxy(postgres.port())) {
            var url = "jdbc:postgresql://127.0.0.1:%d/dyno".formatted(proxy.port());
            start(2, new Address(url, postgres.user(), postgres.password()));
            var gate = Files.createFile(folder.resolve("gate"));
            var measured = running(gate);
            var accepted = new ArrayList<String>();
            for (int i = 0; i < 40; i++) {
                accepted.add(nodes.get(i % 2).submit(SMOKE));
            }

            proxy.cut();
            postgres.close();
            Files.delete(gate);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (System.nanoTime() < end) {
                for (var node : nodes) {
                    var refused = node.post("/api/v1/jobs", SMOKE);
                    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
                    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                }
                assertThat(nodes.getFirst().get("/actuator/health/readiness").statusCode())
                        .isEqualTo(503);
            }
            postgres = EmbeddedPostgres.start(tables, TestFolders.programs());
            proxy.mend(postgres.port());

            for (var node : nodes) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> node.get("/actuator/health/readiness").statusCode() == 200);
            }
            accepted.add(nodes.getFirst().submit(SMOKE));
            for (var id : accepted) {
                var job = nodes.getLast().finished(id);
                assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");
                assertThat(job.path("runId").isNull()).isFalse();
            }
            var kept = nodes.getLast().finished(measured);
            assertThat(kept.path("state").asString()).as(kept.toString()).isEqualTo("SUCCEEDED");
            assertThat(kept.path("attempt").asInt()).isEqualTo(1);
            stop();
            nodes.clear();
        } finally {
            postgres.close();
        }
    }

    @Test
    void letADrainedNodeEndWhatItRuns() throws Exception {
        start(2, TestDatabase.address());
        var gate = Files.createFile(folder.resolve("gate"));
        var id = running(gate);
        var drained = ownerOf(id);
        var other = nodes.get(1 - nodes.indexOf(drained));
        var name = other.json("/api/v1/jobs/" + id).path("worker").asString();

        assertThat(other.post("/api/v1/nodes/" + name + "/drain", "").statusCode())
                .isEqualTo(200);
        var next = drained.submit(SMOKE);

        assertThat(drained.finished(next).path("worker").asString()).isNotEqualTo(name);
        Files.delete(gate);
        assertThat(other.finished(id).path("worker").asString()).isEqualTo(name);
        var pinned = other.submit("""
                {"engine": "checker", "plan": {"mode": "SMOKE"}, "labels": {"node.name": "%s"}}
                """.formatted(name));
        assertThat(other.json("/api/v1/jobs/" + pinned).path("state").asString())
                .isEqualTo("QUEUED");
        assertThat(other.post("/api/v1/nodes/" + name + "/resume", "").statusCode())
                .isEqualTo(200);
        assertThat(other.finished(pinned).path("worker").asString()).isEqualTo(name);
    }

    @Test
    void fireASchedulesTimesOnceTogether() throws Exception {
        var database = TestDatabase.address();
        start(3, database, "-Ddyno.timetable.enabled=true", NO_OTHER_SCHEDULES);
        var made = nodes.getFirst().post("/api/v1/schedules", """
                {"name": "often", "cron": "* * * * * *", "overlap": "QUEUE", "job": %s}
                """.formatted(SMOKE));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);

        try (var connection = connection(database)) {
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> number(connection, "SELECT count(*) FROM schedule_fire") >= 15);
            // A node dies, which may be the one that fires just then.
            nodes.removeFirst().kill();
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> number(connection, "SELECT count(*) FROM schedule_fire") >= 55);
            stop();
            nodes.clear();

            assertThat(number(connection, "SELECT count(*) FROM schedule_fire WHERE decision <> 'SUBMITTED'"))
                    .isZero();
            assertThat(number(connection, "SELECT count(*) FROM job"))
                    .isEqualTo(number(connection, "SELECT count(*) FROM schedule_fire"));
            // No second is left out between the first and the last.
            assertThat(number(connection, """
                    SELECT count(*) - 1 - extract(epoch FROM max(planned_at) - min(planned_at))
                    FROM schedule_fire
                    """)).isZero();
        }
    }

    private void start(int count, Address database, String... options) throws IOException {
        var environment = Map.of(
                "DYNO_DATABASE_URL", database.jdbcUrl(),
                "DYNO_DATABASE_USER", database.user(),
                "DYNO_DATABASE_PASSWORD", database.password());
        for (int i = 0; i < count; i++) {
            nodes.add(ServiceProcess.start(folder.resolve("node" + i), environment, options));
        }
    }

    /// A job that measures for as long as the gate is there.
    private String running(Path gate) throws Exception {
        var id = nodes.getFirst().submit("""
                {"engine": "checker",
                 "workload": {"stop": "MEASURING", "whileExists": "%s"},
                 "plan": {"forks": 1, "warmupIterations": 1, "iterations": 1, "minIterationMillis": 1}}
                """.formatted(gate));
        try (var events = nodes.getFirst().events(id)) {
            events.until(EventStream.stage("MEASURING"));
        }
        return id;
    }

    private ServiceProcess ownerOf(String id) throws Exception {
        var worker = nodes.getFirst().json("/api/v1/jobs/" + id).path("worker").asString();
        for (var node : nodes) {
            if (Files.readString(node.data().resolve("node")).strip().equals(worker)) {
                return node;
            }
        }
        throw new AssertionError("Nobody is called " + worker);
    }

    private static void signal(String signal, ServiceProcess node) throws Exception {
        var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(node.pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    private static String log(ServiceProcess node) throws IOException {
        return Files.readString(node.data().resolve("service-output.log"));
    }

    private static Connection connection(Address database) throws Exception {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }
}
