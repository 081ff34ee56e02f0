package dyno.engine.etl;

import static dyno.engine.etl.SinkLoads.activities;
import static dyno.engine.etl.SinkLoads.expected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dyno.engine.Metrics;
import dyno.engine.etl.EtlWorkload.SinkKind;
import dyno.engine.etl.LoadException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpSinkTest {

    private static final EtlWorkload WORKLOAD = SinkWorkloads.of(Map.of("sink", SinkKind.HTTP, "workers", 2));

    @Test
    void countsEveryLineOfEveryWorkerOnce() throws Exception {
        var first = activities(1, 1, 700);
        var second = activities(2, 701, 300);
        try (var sink = HttpSink.start(WORKLOAD, 2);
                var one = sink.open(0, 0);
                var other = sink.open(0, 1)) {
            one.load(first);
            other.load(second);

            assertThat(sink.disagreement(expected(first, second))).isNull();
            assertThat(sink.disagreement(expected(first))).contains("expected");
            var metrics = new Metrics();
            sink.report(metrics);
            assertThat((Double) metrics.values().get("sinkCpuSeconds")).isPositive();
        }
    }

    @Test
    void beginsAnewWithEachInvocation() throws Exception {
        var load = activities(1, 1, 10);
        try (var sink = HttpSink.start(WORKLOAD, 2);
                var loader = sink.open(0, 0)) {
            for (int invocation = 0; invocation < 3; invocation++) {
                sink.reset();
                loader.load(load);
                assertThat(sink.disagreement(expected(load))).isNull();
            }
        }
    }

    @Test
    void endsItsServerAndThreadsWithItself() throws Exception {
        var sink = HttpSink.start(WORKLOAD, 2);
        var loader = sink.open(0, 0);
        loader.load(activities(1, 1, 10));
        loader.close();
        sink.close();

        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("http-sink-")));
        var late = sink.open(0, 1);
        var failure = catchThrowableOfType(LoadException.class, () -> late.load(activities(2, 11, 10)));
        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void acknowledgesABatchThatComesAgainAndCountsItOnce() throws Exception {
        try (var server = SinkServer.start(1)) {
            for (int attempt = 1; attempt <= 2; attempt++) {
                var answer = post(server, "0/7", "{\"a\":1}\n{\"a\":2}\n");
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).startsWith("{\"records\":2,\"sum\":\"");
            }
            post(server, "1/7", "{\"a\":3}\n");
            post(server, "0/-7", "{\"a\":4}\n");

            assertThat(server.totals().count()).isEqualTo(4);
            assertThat(get(server, "/0/7")).isEqualTo(204);
            assertThat(get(server, "/0/-7")).isEqualTo(204);
            assertThat(get(server, "/0/8")).isEqualTo(404);
            assertThat(get(server, "/nonsense")).isEqualTo(404);
        }
    }

    @Test
    void countsNothingOfABatchWithABrokenLine() throws Exception {
        try (var server = SinkServer.start(1)) {
            var answer = post(server, "0/1", "{\"a\":1}\n{\"a\":\n");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("Line 2 is no JSON object");
            assertThat(post(server, "first", "{}\n").statusCode()).isEqualTo(400);

            assertThat(server.totals()).isEqualTo(LineTotals.NONE);
        }
    }

    @ParameterizedTest
    @CsvSource({"503, TRANSIENT", "500, TRANSIENT", "404, PERMANENT", "413, PERMANENT", "302, PERMANENT"})
    void judgesByTheStatus(int status, Kind kind) throws Exception {
        var failure = failure(exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining(Integer.toString(status));
    }

    @Test
    void doesNotTrustASinkThatGotSomethingElse() throws Exception {
        var failure = failure(exchange -> {
            exchange.getRequestBody().readAllBytes();
            var wrong = SinkServer.acknowledgement(new LineTotals(10, 1, 1))
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, wrong.length);
            exchange.getResponseBody().write(wrong);
            exchange.close();
        });
        assertThat(failure.kind()).isEqualTo(Kind.FATAL);
        assertThat(failure).hasMessageContaining("\"records\":10");
    }

    @Test
    void knowsThatItDoesNotKnowWhereTheSinkHangsUp() throws Exception {
        var failure = failure(exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.close();
        });
        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
    }

    @Test
    void loadsOnceWhereTheReplyIsLostOnTheWay() throws Exception {
        var first = activities(1, 1, 10);
        var second = activities(2, 11, 10);
        try (var sink = HttpSink.start(WORKLOAD, 2);
                var proxy = new CuttingProxy(sink.uri().getPort());
                var loader = new HttpLoader(sink, URI.create("http://127.0.0.1:%d/batches".formatted(proxy.port())))) {
            proxy.swallowTheReplyTo("X-Batch");
            var failure = catchThrowableOfType(LoadException.class, () -> loader.load(first));
            assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
            await().until(() -> loader.isLoaded(first));

            proxy.cutOffBefore("X-Batch");
            failure = catchThrowableOfType(LoadException.class, () -> loader.load(second));
            assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
            assertThat(loader.isLoaded(second)).isFalse();
            loader.load(second.again());

            assertThat(sink.disagreement(expected(first, second))).isNull();
        }
    }

    @Test
    void endsALoadThatIsInterrupted() throws Exception {
        var never = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        try (var server = new FaultySink(exchange -> {
                    begun.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                var sink = HttpSink.start(WORKLOAD, 2);
                var loader = new HttpLoader(sink, server.uri())) {
            var ended = new CompletableFuture<Throwable>();
            var worker = Thread.ofPlatform().start(() -> {
                try {
                    loader.load(activities(1, 1, 10));
                } catch (Exception e) {
                    ended.complete(e);
                }
            });
            begun.await();
            worker.interrupt();

            await().untilAsserted(() ->
                    assertThat(ended).isCompletedWithValueMatching(InterruptedException.class::isInstance));
            never.countDown();
        }
    }

    private static LoadException failure(HttpHandler handler) throws Exception {
        try (var server = new FaultySink(handler);
                var sink = HttpSink.start(WORKLOAD, 2);
                var loader = new HttpLoader(sink, server.uri())) {
            return catchThrowableOfType(LoadException.class, () -> loader.load(activities(1, 1, 10)));
        }
    }

    private static HttpResponse<String> post(SinkServer server, String batch, String lines) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(server.uri())
                    .header("X-Batch", batch)
                    .POST(BodyPublishers.ofString(lines))
                    .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }

    private static int get(SinkServer server, String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create(server.uri() + path)).build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    /// Answers as a test says.
    private static final class FaultySink implements AutoCloseable {

        private final HttpServer server;
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

        FaultySink(HttpHandler handler) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", (HttpExchange exchange) -> handler.handle(exchange));
            server.start();
        }

        URI uri() {
            return URI.create(
                    "http://127.0.0.1:%d/batches".formatted(server.getAddress().getPort()));
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
