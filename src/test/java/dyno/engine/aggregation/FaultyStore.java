package dyno.engine.aggregation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands before an object store and lets ranged reads fail. Safe for any number of threads.
final class FaultyStore implements AutoCloseable {

    private static final Set<String> NOT_FORWARDED =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding");

    /// What happens to a read.
    enum Fault {
        NONE,
        /// The store is overloaded.
        SLOW_DOWN,
        /// The connection breaks in the middle of the bytes.
        CUT,
        /// Nothing comes.
        SILENCE
    }

    private final URI store;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger faultsLeft = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch struck = new CountDownLatch(1);
    private volatile Fault fault = Fault.NONE;

    FaultyStore(URI store) throws IOException {
        this.store = store;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// The next `count` ranged reads meet `next`.
    void strike(Fault next, int count) {
        fault = next;
        faultsLeft.set(count);
    }

    /// Waits until a read met its fault.
    void awaitStrike() throws InterruptedException {
        struck.await();
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean isRead = exchange.getRequestMethod().equals("GET")
                && exchange.getRequestHeaders().containsKey("Range");
        var meets = isRead && faultsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? fault : Fault.NONE;
        if (meets != Fault.NONE) {
            struck.countDown();
        }
        try (exchange) {
            switch (meets) {
                case SLOW_DOWN -> exchange.sendResponseHeaders(503, -1);
                case SILENCE -> closed.await();
                case CUT -> {
                    var real = forward(exchange);
                    exchange.sendResponseHeaders(real.statusCode(), real.body().length);
                    exchange.getResponseBody().write(real.body(), 0, real.body().length / 2);
                    exchange.getResponseBody().flush();
                }
                case NONE -> {
                    var real = forward(exchange);
                    real.headers().map().forEach((name, values) -> {
                        if (!NOT_FORWARDED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                            exchange.getResponseHeaders().put(name, values);
                        }
                    });
                    boolean hasBody = !exchange.getRequestMethod().equals("HEAD") && real.body().length > 0;
                    if (exchange.getRequestMethod().equals("HEAD")) {
                        real.headers()
                                .firstValue("Content-Length")
                                .ifPresent(
                                        length -> exchange.getResponseHeaders().set("Content-Length", length));
                    }
                    exchange.sendResponseHeaders(real.statusCode(), hasBody ? real.body().length : -1);
                    if (hasBody) {
                        exchange.getResponseBody().write(real.body());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(store.resolve(exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }
}
