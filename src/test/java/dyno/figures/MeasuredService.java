package dyno.figures;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A service that `./dyno serve` started, or what system property `dyno.figures.serve` names instead.
///
/// Used by one thread at a time, but for [#request].
final class MeasuredService implements AutoCloseable {

    private static final long POLL_MILLIS = 5;
    private static final Pattern PORT = Pattern.compile("\"port\"\\s*:\\s*(\\d+)");
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([0-9a-f-]{36})\"");

    private final Process process;
    private final double secondsToReady;
    private final URI api;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private MeasuredService(Process process, double secondsToReady, int port) {
        this.process = process;
        this.secondsToReady = secondsToReady;
        this.api = URI.create("http://127.0.0.1:" + port);
    }

    /// Starts a service and waits until it answers that it is ready.
    ///
    /// @param settings as environment variables: `DYNO_QUEUE_CAPACITY=9`
    static MeasuredService start(Path data, List<String> settings) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of(System.getProperty("dyno.figures.serve", "./dyno").split(" ", -1)));
        command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling(data.getFileName() + ".log").toFile()));
        settings.forEach(setting -> builder.environment()
                .put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1)));
        var announced = data.resolve("service.json");
        Files.deleteIfExists(announced);
        long start = System.nanoTime();
        var process = builder.start();
        while (!Files.exists(announced)) {
            pollOrFail(process);
        }
        var port = PORT.matcher(Files.readString(announced));
        if (!port.find()) {
            throw new IOException(announced + " names no port");
        }
        var client = HttpClient.newHttpClient();
        var health = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port.group(1) + "/actuator/health/readiness"))
                .build();
        while (client.send(health, BodyHandlers.discarding()).statusCode() != 200) {
            pollOrFail(process);
        }
        return new MeasuredService(process, (System.nanoTime() - start) / 1e9, Integer.parseInt(port.group(1)));
    }

    private static void pollOrFail(Process process) throws IOException, InterruptedException {
        if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new IOException("The service ended with status " + process.exitValue());
        }
    }

    double secondsToReady() {
        return secondsToReady;
    }

    /// Of the service alone, neither its database's nor its forks'.
    Duration processorTime() throws IOException {
        return process.info().totalCpuDuration().orElseThrow(() -> new IOException("The service is gone"));
    }

    int port() {
        return api.getPort();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve(path)).header("Content-Type", "application/json");
    }

    HttpClient client() {
        return client;
    }

    String get(String path) throws IOException, InterruptedException {
        return ok(client.send(request(path).build(), BodyHandlers.ofString()));
    }

    String post(String path, String body) throws IOException, InterruptedException {
        return ok(client.send(request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString()));
    }

    /// The lines of a job's events, up to its end.
    Stream<String> follow(String job) throws IOException, InterruptedException {
        return client.send(request("/api/v1/jobs/" + job + "/events").build(), BodyHandlers.ofLines())
                .body();
    }

    /// Submits a job, follows its events up to a line that contains `until`, and then to its end.
    ///
    /// @return seconds from before the POST to that line
    double secondsUntil(String job, String until) throws IOException, InterruptedException {
        long start = System.nanoTime();
        var id = id(post("/api/v1/jobs", job));
        double seconds = Double.NaN;
        try (var lines = follow(id)) {
            for (var line : (Iterable<String>) lines::iterator) {
                if (Double.isNaN(seconds) && line.contains(until)) {
                    seconds = (System.nanoTime() - start) / 1e9;
                }
            }
        }
        var end = get("/api/v1/jobs/" + id);
        if (Double.isNaN(seconds) || !end.contains("\"SUCCEEDED\"")) {
            throw new IOException("The job did not go as it should: " + end);
        }
        return seconds;
    }

    static String id(String job) {
        var id = ID.matcher(job);
        if (!id.find()) {
            throw new IllegalArgumentException("No id in " + job);
        }
        return id.group(1);
    }

    /// Every id in a list of jobs.
    static List<String> ids(String jobs) {
        return ID.matcher(jobs).results().map(found -> found.group(1)).toList();
    }

    private static String ok(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /// `kill -9`.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
