package dyno.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        return start(data, Map.of(), options);
    }

    /// @param environment added to this JVM's
    public static ServiceProcess start(Path data, Map<String, String> environment, String... options)
            throws IOException {
        Files.createDirectories(data);
        linkPrograms(data.resolve("postgres"));
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx512m", "-XX:TieredStopAtLevel=1"));
        command.add("-Ddyno.catalog=" + TestCatalog.class.getName());
        command.add("-Ddyno.worker.lock-folder=" + data);
        // A test that runs at two o'clock must not find the nightly in its queue.
        command.add("-Ddyno.timetable.enabled=false");
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath(data), "dyno.Dyno"));
        command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
        var log = data.resolve("service-output.log").toFile();
        var facts = data.resolve("service.json");
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().putAll(environment);
        var process = builder.start();
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

    /// Unpacking the server's programs takes longer than a test: all services use those of the test runs.
    private static void linkPrograms(Path postgres) throws IOException {
        if (Files.exists(postgres) || !Files.exists(TestFolders.programs())) {
            return;
        }
        Files.createDirectories(postgres);
        try (var programs = Files.newDirectoryStream(TestFolders.programs(), "binaries-*")) {
            for (var version : programs) {
                Files.createSymbolicLink(postgres.resolve(version.getFileName()), version);
            }
        }
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
        try {
            return JSON.readTree(Files.readString(facts)).path("pid").asLong() == process.pid();
        } catch (NoSuchFileException e) {
            // Not there yet, or the last service's, which this one has just taken away.
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /// What the service logged as an error, with some lines after each.
    public String errors() {
        var lines = read(data.resolve("service-output.log")).lines().toList();
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).contains(" ERROR "))
                .mapToObj(i -> String.join("\n", lines.subList(i, Math.min(lines.size(), i + 12))))
                .collect(Collectors.joining("\n"));
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

    /// The forks that live. The kernel's own list of arguments is asked, since a process handle cuts long ones.
    public List<ProcessHandle> forks() {
        return descendants().stream().filter(ServiceProcess::isFork).toList();
    }

    private static boolean isFork(ProcessHandle process) {
        try {
            var arguments = Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
            return arguments.endsWith("dyno.Dyno\0fork\0");
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        return eventsAfter(job, 0);
    }

    /// The job's events after one that was seen.
    public EventStream eventsAfter(String job, long lastSeen) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri("/api/v1/jobs/" + job + "/events"))
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", Long.toString(lastSeen))
                .build();
        var answer = client.send(request, BodyHandlers.ofInputStream());
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
        all.add(process.toHandle());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(all).noneMatch(ProcessHandle::isAlive));
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
