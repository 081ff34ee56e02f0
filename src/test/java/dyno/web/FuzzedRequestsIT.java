package dyno.web;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.ServiceProcess;
import dyno.support.TestFolders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// A hundred thousand requests of all kinds leave the service as it was.
@Tag("long")
class FuzzedRequestsIT {

    private static final int REQUESTS = 100_000;
    private static final int WARM_UP = 30_000;
    private static final int CLIENTS = 4;

    /// What is sent byte by byte, one connection each: no client library would.
    private static final int RAW_EVERY = 20;

    private static final long SEED = 20_261_121;

    /// Statuses that the API has, see docs/reference/problems.md.
    private static final List<Integer> EXPECTED = List.of(
            200, 201, 202, 204, 304, 400, 401, 403, 404, 405, 406, 408, 409, 411, 412, 413, 414, 415, 422, 428, 429,
            431);

    private static final Pattern TELLTALE =
            Pattern.compile("Exception|\\tat |org\\.springframework|dyno\\.[a-z]+\\.[A-Z]|org\\.postgresql|/tmp/|PSQL");

    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final AtomicLong resets = new AtomicLong();
    private final Map<Integer, AtomicLong> statuses = new ConcurrentHashMap<>();

    @Test
    void answersEachAndKeepsNothing() throws Exception {
        var requests = new FuzzedRequests();
        try (var service = ServiceProcess.start(
                TestFolders.fresh("fuzzed"), "-Ddyno.worker.enabled=false", "-Ddyno.queue.capacity=20")) {
            var password = JsonMapper.shared()
                    .readTree(Files.readString(service.data().resolve("postgres/connection.json")))
                    .path("password")
                    .asString();

            send(service, requests, password, 0, WARM_UP);
            long heapBefore = heapAfterCollection(service);
            double filesBefore = metric(service, "process_files_open_files");
            send(service, requests, password, WARM_UP, REQUESTS);
            long heapAfter = heapAfterCollection(service);

            System.out.println("fuzzed requests by status: " + statuses + ", resets " + resets + ", heap " + heapBefore
                    + " then " + heapAfter);
            assertThat(complaints).isEmpty();
            assertThat(resets.get()).isLessThan(REQUESTS / RAW_EVERY / 20);
            assertThat(statuses.keySet())
                    .contains(200, 202, 400, 404, 405, 415, 422, 429)
                    .isSubsetOf(EXPECTED);
            assertThat(heapAfter).isLessThan(heapBefore + (16 << 20));
            assertThat(metric(service, "process_files_open_files")).isLessThan(filesBefore + 50);
            assertThat(metric(service, "hikaricp_connections")).isLessThanOrEqualTo(10);
            assertThat(service.errors()).isEmpty();
            assertThat(Files.readString(service.data().resolve("logs/dyno.log")))
                    .doesNotContain(password);
        }
    }

    private void send(ServiceProcess service, FuzzedRequests requests, String password, int from, int to)
            throws Exception {
        try (var client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var threads = Executors.newFixedThreadPool(CLIENTS)) {
            var next = new AtomicLong(from);
            List<Future<?>> sending = LongStream.range(0, CLIENTS)
                    .<Future<?>>mapToObj(_ -> threads.submit(() -> {
                        for (long i = next.getAndIncrement(); i < to; i = next.getAndIncrement()) {
                            if (i % RAW_EVERY == 0) {
                                sendRaw(service, requests.request(SEED + i), password, SEED + i);
                            } else {
                                send(service, requests.request(SEED + i), password, client);
                            }
                        }
                        return null;
                    }))
                    .toList();
            for (var one : sending) {
                one.get(15, TimeUnit.MINUTES);
            }
        }
    }

    private void send(ServiceProcess service, FuzzedRequests.Request request, String password, HttpClient client)
            throws Exception {
        var body = request.body().length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(request.body());
        var answer = client.send(
                HttpRequest.newBuilder(
                                URI.create(service.uri("/").toString().replaceFirst("/$", "") + request.target()))
                        .method(request.method(), body)
                        .header("Content-Type", request.contentType())
                        .build(),
                BodyHandlers.ofString());
        judge(request, answer.statusCode(), answer.body(), password);
    }

    /// The same request with some of its bytes changed, and a connection that is not waited on for more than its end.
    private void sendRaw(ServiceProcess service, FuzzedRequests.Request request, String password, long seed)
            throws Exception {
        var random = new Random(seed);
        var body = new String(request.body(), StandardCharsets.ISO_8859_1);
        var text = new StringBuilder(
                RawHttp.head(request.method(), request.target(), "Content-Type: " + request.contentType())
                        + "Content-Length: " + request.body().length + "\r\n\r\n" + body);
        int head = text.indexOf("\r\n\r\n");
        for (int i = random.nextInt(3); i > 0; i--) {
            // Neither the length, which the service would wait for, nor what ends the head.
            text.setCharAt(
                    random.nextInt(Math.max(1, Math.min(head, text.indexOf("\r\n")))), (char) random.nextInt(32, 256));
        }
        try {
            var answer = new RawHttp(service.uri("/").getPort()).send(text.toString());
            judge(request, answer.status(), answer.body(), password);
        } catch (IOException e) {
            // A request line that is none is answered before the body is read; its answer may be lost to the reset.
            resets.incrementAndGet();
        }
    }

    private void judge(FuzzedRequests.Request request, int status, String body, String password) {
        statuses.computeIfAbsent(status, _ -> new AtomicLong()).incrementAndGet();
        // What the client sent may come back in a message.
        boolean tells = TELLTALE.matcher(body).find() && !body.contains("openapi") && status != 200;
        if (status >= 500 || tells || body.contains(password)) {
            complaints.add("%s %s: %d %s".formatted(request.method(), request.target(), status, body));
        }
    }

    private static long heapAfterCollection(ServiceProcess service) throws Exception {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var collection = new ProcessBuilder(jcmd, Long.toString(service.pid()), "GC.run")
                .redirectErrorStream(true)
                .start();
        collection.getInputStream().readAllBytes();
        assertThat(collection.waitFor()).isZero();
        return (long) metric(service, "jvm_memory_used_bytes{area=\"heap\"");
    }

    /// The sum over all series whose text begins so.
    private static double metric(ServiceProcess service, String start) throws Exception {
        return service.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line ->
                        line.startsWith(start + " ") || line.startsWith(start + ",") || line.startsWith(start + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
