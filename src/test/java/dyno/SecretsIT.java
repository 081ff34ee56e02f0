package dyno;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.EventStream;
import dyno.support.ServiceProcess;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// The credentials of the service's database reach trials, and nobody sees them on their way.
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class SecretsIT {

    @TempDir
    static Path data;

    private static ServiceProcess service;
    private static Path gate;
    private static String password;

    @BeforeAll
    static void start() throws Exception {
        gate = Files.createFile(data.resolve("gate"));
        service = ServiceProcess.start(data.resolve("service"));
        password = JsonMapper.shared()
                .readTree(service.data().resolve("postgres/connection.json").toFile())
                .path("password")
                .asString();
        assertThat(password).hasSizeGreaterThan(8);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SMOKE", "MEASURE"})
    void reachTrialsAndNobodyElse(String mode) throws Exception {
        String id = service.submit(job(mode, "ASK", "NOWHERE"));

        var job = service.finished(id);

        assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");
        assertShownNowhere(id);
        assertThat(service.get("/api/v1/runs/" + job.path("runId").asString() + "?expand=samples")
                        .body())
                .contains("\"checks\"")
                .doesNotContain(password);
        assertThat(schemas()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SMOKE", "MEASURE"})
    void areStruckOutOfWhatABabblingEngineSays(String mode) throws Exception {
        String id = service.submit(job(mode, "BETRAY", "NOWHERE"));

        var job = service.finished(id);

        assertThat(job.path("failure").path("message").asString()).contains("database.password=***");
        assertShownNowhere(id);
    }

    @Test
    void standOnNoCommandLineAndInNoEnvironment() throws Exception {
        String id = service.submit(job("MEASURE", "ASK", "MEASURING"));
        try (var events = service.events(id)) {
            events.until(EventStream.stage("MEASURING"));

            assertThat(service.forks()).hasSize(1);
            assertThat(schemas()).isOne();
            for (var process : service.descendants()) {
                assertThat(read(process, "cmdline") + read(process, "environ")).doesNotContain(password);
            }
            service.post("/api/v1/jobs/" + id + "/cancel", "");
            events.until(event -> event.type().equals("end"));
        }
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(schemas()).isZero());
    }

    private static String read(ProcessHandle process, String what) throws IOException {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), what), ISO_8859_1);
        } catch (FileSystemException e) {
            // It ended meanwhile: before the file was opened, or before it was read.
            assertThat(e instanceof NoSuchFileException || "No such process".equals(e.getReason()))
                    .as(e.toString())
                    .isTrue();
            return "";
        }
    }

    private static void assertShownNowhere(String id) throws Exception {
        assertThat(service.get("/api/v1/jobs/" + id).body()).doesNotContain(password);
        try (var events = service.events(id)) {
            assertThat(events.until(event -> event.type().equals("end")).toString())
                    .doesNotContain(password);
        }
        for (var log : new String[] {"service-output.log", "logs/dyno.log"}) {
            assertThat(Files.readString(service.data().resolve(log)))
                    .contains(id)
                    .doesNotContain(password);
        }
    }

    private static long schemas() throws Exception {
        try (var database = service.database();
                var statement = database.createStatement();
                var found = statement.executeQuery("""
                        SELECT count(*)
                        FROM pg_namespace
                        WHERE nspname LIKE 'dyno%'
                        """)) {
            assertThat(found.next()).isTrue();
            return found.getLong(1);
        }
    }

    private static String job(String mode, String database, String stop) {
        return """
                {"engine": "checker",
                 "workload": {"blockBytes": 4096, "database": "%s", "stop": "%s", "whileExists": "%s"},
                 "plan": {"mode": "%s", "forks": 1, "iterations": 1}}
                """.formatted(database, stop, gate, mode);
    }
}
