package dyno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dyno.support.ChildJvm;
import dyno.support.TestDatabase;
import dyno.support.TestFolders;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real service in a JVM of its own, from start to end.
@Tag("long")
class ServeIT {

    private static final String READY = "service ready";
    private static final int SIGTERM = 143;

    private final Path data = TestFolders.fresh("served");
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void announcesItselfAndLeavesNothingBehindWhenItStops() throws Exception {
        try (var service = serve(Map.of())) {
            service.awaitLine(READY);
            int port = announced().get("port").asInt();
            var processes = service.descendants();

            assertThat(announced().get("pid").asLong()).isPositive();
            assertThat(get(port, "/actuator/health/readiness").statusCode()).isEqualTo(200);
            assertThat(get(port, "/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(get(port, "/actuator/prometheus").body()).contains("jvm_memory_used_bytes");

            service.terminate();

            assertThat(service.awaitEnd().status()).isEqualTo(SIGTERM);
            ChildJvm.awaitEndOf(processes);
            assertThat(data.resolve("service.json")).doesNotExist();
            assertThat(data.resolve("postgres/connection.json")).doesNotExist();
            assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> get(port, "/actuator/health"));
        }
    }

    @Test
    void isNotReadyButAliveWhileTheDatabaseIsAway() throws Exception {
        try (var service = serve(Map.of())) {
            service.awaitLine(READY);
            int port = announced().get("port").asInt();

            var pidFile = Files.readAllLines(data.resolve("postgres/cluster/postmaster.pid"));
            ProcessHandle.of(Long.parseLong(pidFile.getFirst())).orElseThrow().destroyForcibly();

            // Its connections end when they notice.
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(
                                    get(port, "/actuator/health/readiness").statusCode())
                            .isEqualTo(503));
            assertThat(get(port, "/actuator/health/liveness").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void startsAgainAfterItWasKilledAndTellsASecondOneWhoHasTheFolder() throws Exception {
        List<ProcessHandle> processes;
        try (var service = serve(Map.of())) {
            service.awaitLine(READY);
            processes = service.descendants();
            service.kill();
        }
        try (var service = serve(Map.of())) {
            service.awaitLine(READY);
            ChildJvm.awaitEndOf(processes);

            try (var second = serve(Map.of())) {
                var end = second.awaitEnd();
                assertThat(end.status()).isEqualTo(3);
                assertThat(end.output())
                        .contains("held by the service with pid %d on port %d"
                                .formatted(
                                        announced().get("pid").asLong(),
                                        announced().get("port").asInt()));
            }
        }
    }

    @Test
    void usesTheDatabaseThatItIsTold() throws Exception {
        var database = TestDatabase.address();
        var environment = Map.of(
                "DYNO_DATABASE_URL", database.jdbcUrl(),
                "DYNO_DATABASE_USER", database.user(),
                "DYNO_DATABASE_PASSWORD", database.password());
        try (var service = serve(environment)) {
            service.awaitLine(READY);

            assertThat(get(announced().get("port").asInt(), "/actuator/health/readiness")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(service.descendants()).isEmpty();
            assertThat(data.resolve("postgres")).isEmptyDirectory();
        }
    }

    private ChildJvm serve(Map<String, String> environment) throws IOException {
        return ChildJvm.start(Dyno.class, List.of("serve", "--port", "0", "--data", data.toString()), environment);
    }

    private JsonNode announced() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(data.resolve("service.json")));
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
