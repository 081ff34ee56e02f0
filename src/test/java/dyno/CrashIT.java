package dyno;

import static dyno.support.Rows.number;
import static dyno.support.Rows.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dyno.support.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// `kill -9` of a busy service, time and again. [ServiceProcess#kill] itself asserts that no process is left.
@Tag("long")
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class CrashIT {

    private static final int KILLS = 20;
    private static final int JOBS_A_LIFE = 12;
    private static final int LONGEST_LIFE_MILLIS = 4_000;

    private static final List<String> LOAD = List.of("""
            {"engine": "checker", "plan": {"mode": "SMOKE"}}
            """, """
            {"engine": "checker", "plan": {"mode": "SMOKE"}, "matrix": {"blockBytes": [1, 10, 100, 1000, 10000]}}
            """, """
            {"engine": "checker", "plan": {"forks": 2, "warmupIterations": 1, "iterations": 2, "minIterationMillis": 20}}
            """);

    private final Random random = new Random(20_261_121);

    @TempDir
    Path data;

    @Test
    void everyAcceptedJobEndsOnceHoweverOftenItsServiceIsKilled() throws Exception {
        Set<String> accepted = ConcurrentHashMap.newKeySet();
        for (int life = 0; life < KILLS; life++) {
            var service = ServiceProcess.start(data);
            var client = Thread.ofPlatform().start(() -> submit(service, accepted));
            // How long a life lasts is the test's input; nothing is waited for.
            new CountDownLatch(1).await(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
            service.kill();
            client.join();
        }
        assertThat(accepted).hasSizeGreaterThan(KILLS);

        try (var service = ServiceProcess.start(data);
                var database = service.database()) {
            await().atMost(Duration.ofMinutes(15))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> number(database, "SELECT count(*) FROM job WHERE finished_at IS NULL") == 0);

            assertThat(strings(database, "SELECT CAST(id AS text) FROM job")).containsAll(accepted);
            assertThat(number(database, "SELECT count(*) FROM job WHERE state = 'SUCCEEDED'"))
                    .isPositive()
                    .isEqualTo(number(database, "SELECT count(*) FROM run"));
            assertThat(number(database, """
                    SELECT count(*)
                    FROM job
                    LEFT JOIN run ON run.job_id = job.id
                    WHERE (job.state = 'SUCCEEDED') <> (run.id IS NOT NULL AND run.id = job.run_id)
                    """)).isZero();
            assertThat(number(database, """
                    SELECT count(*)
                    FROM job
                    WHERE state NOT IN ('SUCCEEDED', 'FAILED')
                        OR (state = 'FAILED' AND failure ->> 'code' <> 'WORKER_LOST')
                    """)).isZero();
            assertWhole(database);
            assertThat(data.resolve("scratch")).isEmptyDirectory();
            assertThat(data.resolve("spool")).isEmptyDirectory();
        }
        assertThat(Files.readString(data.resolve("postgres/server.log"))).doesNotContain("PANIC", "invalid page");
    }

    /// Until the service is gone. What it answered before counts as accepted.
    private static void submit(ServiceProcess service, Set<String> accepted) {
        try {
            for (int i = 0; i < JOBS_A_LIFE; i++) {
                var answer = service.post("/api/v1/jobs", LOAD.get(i % LOAD.size()));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
                accepted.add(
                        JsonMapper.shared().readTree(answer.body()).path("id").asString());
            }
        } catch (IOException e) {
            // It was killed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Every page is read, and PostgreSQL checks its sum; every job's events are numbered without a gap.
    private static void assertWhole(Connection database) throws Exception {
        for (var table : List.of("job", "job_event", "run", "case_result", "fork", "environment")) {
            assertThat(number(
                            database,
                            "SELECT count(*) FROM (SELECT CAST(t AS text) FROM " + table + " AS t OFFSET 0) AS rows"))
                    .isNotNegative();
        }
        assertThat(number(database, """
                SELECT count(*)
                FROM job
                WHERE last_event <> (SELECT count(*) FROM job_event WHERE job_id = job.id)
                    OR last_event <> (SELECT max(id) FROM job_event WHERE job_id = job.id)
                """)).isZero();
    }
}
