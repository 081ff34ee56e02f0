package dyno.operated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A Prometheus of our own with the shipped configuration, but for its addresses and its patience: it scrapes and
/// evaluates each second. Used by one thread at a time.
final class Prometheus implements AutoCloseable {

    private static final Path SHIPPED = Path.of("config/prometheus");

    private final Process process;
    private final URI api;
    private final HttpClient client = HttpClient.newHttpClient();

    private Prometheus(Process process, int port) {
        this.process = process;
        this.api = URI.create("http://127.0.0.1:" + port + "/");
    }

    /// @param folder  for its configuration and its data
    /// @param service the port to scrape
    static Prometheus start(Path folder, int service) throws IOException {
        int port = freePort();
        Files.createDirectories(folder.resolve("rules"));
        for (var file : new String[] {"prometheus.yml", "rules/recording.yml", "rules/alerts.yml"}) {
            Files.writeString(
                    folder.resolve(file),
                    Files.readString(SHIPPED.resolve(file))
                            .replaceAll("(_?interval): (15|30)s", "$1: 1s")
                            .replace("dyno:8081", "127.0.0.1:" + service)
                            .replace("localhost:9090", "127.0.0.1:" + port));
        }
        var process = new ProcessBuilder(
                        program().toString(),
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        var started = new Prometheus(process, port);
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(started::isReady);
        return started;
    }

    /// @return the answer to an instant query; its `status` is `error` where the expression does not parse
    JsonNode query(String expression) throws IOException, InterruptedException {
        return get("api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    }

    boolean hasData(String expression) throws IOException, InterruptedException {
        var answer = query(expression);
        assertThat(answer.path("status").asString())
                .as("%s: %s", expression, answer)
                .isEqualTo("success");
        return !answer.path("data").path("result").isEmpty();
    }

    /// What it makes of the rules, one object each.
    Stream<JsonNode> rules() throws IOException, InterruptedException {
        return get("api/v1/rules")
                .path("data")
                .path("groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream());
    }

    @Override
    public void close() {
        process.destroy();
        client.close();
    }

    private boolean isReady() throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(api.resolve("-/ready")).build(), BodyHandlers.discarding())
                        .statusCode()
                == 200;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        var answer = client.send(HttpRequest.newBuilder(api.resolve(path)).build(), BodyHandlers.ofString());
        return JsonMapper.shared().readTree(answer.body());
    }

    private static Path program() {
        return Stream.concat(
                        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                                .map(folder -> Path.of(folder, "prometheus")),
                        Stream.of(Path.of("target/promtool/usr/bin/prometheus")))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no prometheus: src/test/sh/promtool.sh fetches it"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
