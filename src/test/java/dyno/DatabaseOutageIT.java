package dyno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dyno.support.EventStream;
import dyno.support.ServiceProcess;
import dyno.support.TcpProxy;
import dyno.support.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// The database goes away while jobs run, and comes back.
@Timeout(value = 6, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class DatabaseOutageIT {

    private static final String SMOKE = """
            {"engine": "checker", "plan": {"mode": "SMOKE"}}
            """;
    private static final String MEASURE = """
            {"engine": "checker", "plan": {"forks": 1, "warmupIterations": 0, "iterations": 1, "minIterationMillis": 1}}
            """;

    @TempDir
    Path folder;

    private TcpProxy proxy;
    private Map<String, String> environment;

    @BeforeEach
    void putAProxyBeforeTheDatabase() throws IOException {
        var database = TestDatabase.address();
        var direct = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        proxy = new TcpProxy(direct.getPort());
        environment = Map.of(
                "DYNO_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + proxy.port() + direct.getPath(),
                "DYNO_DATABASE_USER", database.user(),
                "DYNO_DATABASE_PASSWORD", database.password());
    }

    @AfterEach
    void closeTheProxy() throws IOException {
        proxy.close();
    }

    @Test
    void aResultWaitsOnDiskAlsoForTheNextService() throws Exception {
        var gate = Files.createFile(folder.resolve("gate"));
        var data = folder.resolve("service");
        String id;
        var first = ServiceProcess.start(data, environment);
        try {
            id = first.submit(stoppingWhile(gate));
            try (var events = first.events(id)) {
                events.until(EventStream.stage("MEASURING"));
            }
            proxy.cut();
            Files.delete(gate);

            await().atMost(Duration.ofSeconds(60)).until(() -> spooled(data) == 1);
            assertThat(first.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
            assertThat(first.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            var refused = first.post("/api/v1/jobs", SMOKE);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("database-unavailable");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        } finally {
            first.kill();
        }
        proxy.mend();

        try (var second = ServiceProcess.start(data, environment)) {
            var job = second.json("/api/v1/jobs/" + id);
            assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");
            assertThat(job.path("attempt").asInt()).isEqualTo(1);
            assertThat(second.get("/api/v1/runs/" + job.path("runId").asString())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(spooled(data)).isZero();
        }
    }

    @Test
    void nothingIsLostInThreeSeconds() throws Exception {
        losesNothing(Duration.ofSeconds(3), 2);
    }

    @Test
    @Tag("long")
    void nothingIsLostInThirtySeconds() throws Exception {
        losesNothing(Duration.ofSeconds(30), 10);
    }

    @Test
    @Tag("long")
    void nothingIsLostWhileTheDatabaseKeepsSilent() throws Exception {
        var impatient = new HashMap<>(environment);
        impatient.merge("DYNO_DATABASE_URL", "?socketTimeout=5", String::concat);
        var gate = Files.createFile(folder.resolve("gate"));
        try (var service = ServiceProcess.start(folder.resolve("service"), impatient)) {
            var measured = service.submit(stoppingWhile(gate));
            try (var events = service.events(measured)) {
                events.until(EventStream.stage("MEASURING"));
            }
            var waiting = service.submit(SMOKE);

            proxy.silence();
            // The first requests find connections that were good a moment ago.
            for (int i = 0; i < 6; i++) {
                var refused = service.post("/api/v1/jobs", SMOKE);
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            }
            assertThat(service.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
            Files.delete(gate);
            await().atMost(Duration.ofSeconds(60)).until(() -> spooled(folder.resolve("service")) == 1);
            proxy.speak();

            await().atMost(Duration.ofSeconds(30)).until(() -> isReady(service));
            for (var id : List.of(measured, waiting, service.submit(SMOKE))) {
                var job = service.finished(id);
                assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");
                assertThat(job.path("attempt").asInt()).isEqualTo(1);
            }
        }
    }

    private void losesNothing(Duration away, int measured) throws Exception {
        var accepted = new ArrayList<String>();
        try (var service = ServiceProcess.start(folder.resolve("service"), environment)) {
            for (int i = 0; i < measured; i++) {
                accepted.addAll(List.of(service.submit(SMOKE), service.submit(MEASURE), service.submit(SMOKE)));
            }
            proxy.cut();
            long end = System.nanoTime() + away.toNanos();
            do {
                // Clients go on asking, and are told to come back.
                assertThat(service.post("/api/v1/jobs", SMOKE).statusCode())
                        .as(service::errors)
                        .isEqualTo(503);
            } while (System.nanoTime() < end);
            proxy.mend();
            await().atMost(Duration.ofSeconds(30)).until(() -> isReady(service));
            accepted.add(service.submit(SMOKE));

            for (var id : accepted) {
                var job = service.finished(id);
                assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");
                assertThat(job.path("runId").isNull()).isFalse();
            }
            assertThat(service.json("/api/v1/jobs?limit=200").path("items")).hasSameSizeAs(accepted);
        }
    }

    private static boolean isReady(ServiceProcess service) throws Exception {
        return service.get("/actuator/health/readiness").statusCode() == 200;
    }

    private static long spooled(Path data) throws IOException {
        try (var files = Files.newDirectoryStream(data.resolve("spool"), "*.json")) {
            long count = 0;
            for (var file : files) {
                count += Files.size(file) > 0 ? 1 : 0;
            }
            return count;
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
