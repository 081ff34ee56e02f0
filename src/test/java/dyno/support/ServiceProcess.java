package dyno.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The service as a process of its own, on a data folder of the test's, with the test engines in its catalog.
///
/// Used by one thread at a time.
public final class ServiceProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final Path data;
    private final URI api;
    private final HttpClient client = HttpClient.newHttpClient();

    private ServiceProcess(Process process, Path data, int port) {
        this.process = process;
        this.data = data;
        this.api = URI.create("http://127.0.0.1:" + port);
    }

    /// Starts a service and waits until it says that it is ready.
    ///
    /// @param data    its data folder; may hold what an earlier service left
    /// @param options further JVM options
    public static ServiceProcess start(Path data, String... options) throws IOException {
        Files.createDirectories(data);
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx512m", "-XX:TieredStopAtLevel=1"));
        command.add("-Ddyno.catalog=" + TestCatalog.class.getName());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath(data), "dyno.Dyno"));
        command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
        var log = data.resolve("service-output.log").toFile();
        var facts = data.resolve("service.json");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        try {
            await().atMost(START).until(() -> !process.isAlive() || isOf(process, facts));
            assertThat(process.isAlive())
                    .as(() -> "The service runs: " + read(log.toPath()))
                    .isTrue();
        } catch (RuntimeException | Error e) {
            process.destroyForcibly();
            throw e;
        }
        return new ServiceProcess(
                process, data, JSON.readTree(facts.toFile()).path("port").intValue());
    }

    /// The class path of this JVM, without the tests but with the test engines: a service that scanned the tests'
    /// packages would find their configurations.
    private static String classPath(Path data) throws IOException {
        var classes = Path.of(TestCatalog.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        var engines = data.resolve("test-engines");
        var folder = Files.createDirectories(engines.resolve("dyno/support"));
        try (var files = Files.list(classes.resolve("dyno/support"))) {
            for (var file : files.filter(f -> f.getFileName().toString().matches("(Checker|TestCatalog).*"))
                    .toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).equals(classes) ? engines.toString() : entry)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isOf(Process process, Path facts) {
        return Files.exists(facts) && JSON.readTree(facts.toFile()).path("pid").asLong() == process.pid();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    public Path data() {
        return data;
    }

    public URI uri(String path) {
        return api.resolve(path);
    }

    public long pid() {
        return process.pid();
    }

    /// Every process that the service started and that lives: its forks, PostgreSQL, the watcher.
    public List<ProcessHandle> descendants() {
        return process.toHandle().descendants().toList();
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    /// @return the parsed body of a 200
    public JsonNode json(String path) throws IOException, InterruptedException {
        var answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    public HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /// Submits a job.
    ///
    /// @return its id
    public String submit(String body) throws IOException, InterruptedException {
        var answer = post("/api/v1/jobs", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).path("id").asString();
    }

    /// The job's events from the first; blocks until the next one comes.
    public EventStream events(String job) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri("/api/v1/jobs/" + job + "/events"))
                .header("Accept", "text/event-stream")
                .build();
        var answer = client.send(request, BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new EventStream(answer.body());
    }

    /// Waits for the job's end.
    ///
    /// @return the job as the API shows it then
    public JsonNode finished(String job) throws IOException, InterruptedException {
        try (var events = events(job)) {
            events.until(event -> event.type().equals("end"));
        }
        return json("/api/v1/jobs/" + job);
    }

    /// A connection to the embedded database, as an operator would make one.
    public Connection database() throws SQLException {
        var facts = JSON.readTree(data.resolve("postgres/connection.json").toFile());
        return DriverManager.getConnection(
                facts.path("jdbcUrl").asString(),
                facts.path("user").asString(),
                facts.path("password").asString());
    }

    /// `kill -9`, and waits until the process and all that it had started are gone.
    public void kill() {
        var all = new ArrayList<>(descendants());
        process.destroyForcibly();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(all).noneMatch(ProcessHandle::isAlive));
        assertThat(process.isAlive()).isFalse();
    }

    /// SIGTERM, and waits for the end.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The service did not stop within 30 s of SIGTERM");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
