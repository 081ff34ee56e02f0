package dyno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dyno.support.EventStream;
import dyno.support.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of the service, and what the next start makes of it. [ServiceProcess#kill] itself asserts that no
/// fork and no PostgreSQL process is left.
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class HardStopIT {

    private static final String NEXT = """
            {"engine": "checker", "plan": {"forks": 1, "warmupIterations": 0, "iterations": 1, "minIterationMillis": 1}}
            """;

    @TempDir
    Path folder;

    @Test
    void jobsInAForkAndInTheQueueEndAfterTheRestart() throws Exception {
        var gate = Files.createFile(folder.resolve("gate"));
        var data = folder.resolve("service");
        List<String> jobs;
        var first = ServiceProcess.start(data);
        String running = first.submit(stoppingWhile(gate));
        String waiting = first.submit(NEXT);
        jobs = List.of(running, waiting);
        try (var events = first.events(running)) {
            events.until(EventStream.stage("MEASURING"));
        } finally {
            first.kill();
        }
        Files.delete(gate);

        try (var second = ServiceProcess.start(data)) {
            for (String id : jobs) {
                var job = second.finished(id);
                assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");
            }
            assertThat(second.json("/api/v1/jobs/" + running).path("attempt").asInt())
                    .isEqualTo(2);
            assertRunsOf(second, jobs);
        }
    }

    @Test
    void aResultThatWasBeingStoredIsMeasuredAgainAndStoredOnce() throws Exception {
        var data = folder.resolve("service");
        var first = ServiceProcess.start(data);
        String id;
        try (var database = first.database()) {
            database.setAutoCommit(false);
            try (var statement = database.createStatement()) {
                statement.execute("LOCK TABLE run IN ACCESS EXCLUSIVE MODE");
            }
            id = first.submit(NEXT);
            await().atMost(Duration.ofSeconds(30)).until(() -> waitsForTheRunTable(first));
            first.kill();
        }

        try (var second = ServiceProcess.start(data)) {
            var job = second.finished(id);
            assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");
            assertRunsOf(second, List.of(id));
        }
    }

    @Test
    @Tag("long")
    void aJobWhoseNodeDiesTwiceIsLost() throws Exception {
        var gate = Files.createFile(folder.resolve("gate"));
        var data = folder.resolve("service");
        var first = ServiceProcess.start(data);
        String id = first.submit(stoppingWhile(gate));
        killWhileMeasuring(first, id);
        killWhileMeasuring(ServiceProcess.start(data), id);

        try (var third = ServiceProcess.start(data)) {
            var job = third.finished(id);
            assertThat(job.path("state").asString()).isEqualTo("FAILED");
            assertThat(job.path("failure").path("code").asString()).isEqualTo("WORKER_LOST");
        }
    }

    private static void killWhileMeasuring(ServiceProcess service, String id) throws Exception {
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> "MEASURING"
                            .equals(service.json("/api/v1/jobs/" + id)
                                    .path("progress")
                                    .path("stage")
                                    .asString("")));
        } finally {
            service.kill();
        }
    }

    private static boolean waitsForTheRunTable(ServiceProcess service) throws Exception {
        try (var database = service.database();
                var statement = database.createStatement();
                var waiting = statement.executeQuery(
                        "SELECT count(*) FROM pg_locks WHERE relation = 'run'::regclass AND NOT granted")) {
            return waiting.next() && waiting.getInt(1) > 0;
        }
    }

    private static void assertRunsOf(ServiceProcess service, List<String> jobs) throws Exception {
        try (var database = service.database();
                var statement = database.createStatement()) {
            for (String id : jobs) {
                try (var runs = statement.executeQuery("SELECT count(*) FROM run WHERE job_id = '" + id + "'")) {
                    assertThat(runs.next()).isTrue();
                    assertThat(runs.getInt(1)).isEqualTo(1);
                }
            }
        }
    }

    private static String stoppingWhile(Path gate) {
        return """
                {"engine": "checker",
                 "workload": {"stop": "MEASURING", "whileExists": "%s"},
                 "plan": {"forks": 1, "warmupIterations": 1, "iterations": 1, "minIterationMillis": 1}}
                """.formatted(gate);
    }
}
