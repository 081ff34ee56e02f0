package dyno.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The service's API played on the loopback: each request is answered by the script of its method and path; the last
/// answer of a script is given again and again. Safe for any number of requests at once.
final class PlayedApi implements AutoCloseable {

    /// What arrived.
    record Request(String method, String uri, Map<String, List<String>> headers, String body) {

        String line() {
            return method + " " + uri;
        }

        /// Empty where the header is missing.
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    /// Answers one exchange and leaves it to the server to close.
    @FunctionalInterface
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    /// What the JDK's server takes for a body of unknown length.
    private static final long CHUNKED = 0;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Queue<Answer>> scripts = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    PlayedApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + port());
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// What arrived so far, in order.
    List<Request> requests() {
        return List.copyOf(requests);
    }

    List<String> requestLines() {
        return requests.stream().map(Request::line).toList();
    }

    /// @param line method, blank, path with query
    PlayedApi on(String line, Answer... answers) {
        scripts.put(line, new ArrayDeque<>(Arrays.asList(answers)));
        return this;
    }

    static Answer json(int status, String body) {
        return answer(status, status < 400 ? "application/json" : "application/problem+json", body);
    }

    static Answer answer(int status, String contentType, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    /// Events, then the stream's orderly end.
    static Answer events(String... events) {
        return exchange -> {
            write(exchange, CHUNKED, events);
            exchange.getResponseBody().close();
            exchange.close();
        };
    }

    /// Events, then a connection that breaks in the middle of the stream.
    static Answer eventsThenBreak(String... events) {
        return exchange -> {
            // A promised length that is not reached, so that the client sees the connection end too early.
            write(exchange, 1_000_000, events);
            exchange.close();
        };
    }

    /// Events, then silence until the client goes away.
    static Answer eventsThenSilence(String... events) {
        return exchange -> write(exchange, CHUNKED, events);
    }

    /// One event as it stands in a stream.
    static String event(int id, String type, String data) {
        return "id: %d\nevent: %s\ndata: %s\n\n".formatted(id, type, data);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void write(HttpExchange exchange, long length, String... events) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream;charset=UTF-8");
        exchange.sendResponseHeaders(200, length);
        for (String event : events) {
            exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
        }
        exchange.getResponseBody().flush();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                body);
        requests.add(request);
        next(request).to(exchange);
    }

    private Answer next(Request request) {
        var script = scripts.get(request.line());
        if (script == null) {
            return json(404, """
                    {"type": "/problems/not-found", "title": "There is nothing at this address", "status": 404,
                     "detail": "%s", "code": "not-found", "requestId": "r-0"}""".formatted(request.line()));
        }
        synchronized (script) {
            return script.size() > 1 ? script.remove() : script.element();
        }
    }
}
