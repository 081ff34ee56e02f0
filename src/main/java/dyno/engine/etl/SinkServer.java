package dyno.engine.etl;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dyno.engine.etl.SeenBatches.Name;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Where sink HTTP posts to: parses every line, adds it up, and says what it got.
///
/// ```text
/// POST /batches   Content-Type: application/x-ndjson, X-Batch: {pipeline}/{key}, X-Attempt: {n}; lines
///   200           {"records":500,"sum":"16 hex digits","xor":"16 hex digits"} over the hashes of these lines
///   400           a line is no JSON object: nothing of the batch counts
/// GET /batches/{pipeline}/{key}    204 where that batch counted, else 404
/// ```
///
/// A batch that comes again is acknowledged and not counted again. Threads are its own.
final class SinkServer implements AutoCloseable {

    static final String PATH = "/batches";

    private static final int BACKLOG = 1_024;

    private final HttpServer server;
    private final ExecutorService pool;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final Queue<Body> bodies = new ConcurrentLinkedQueue<>();
    private final SeenBatches seen = new SeenBatches();
    private LineTotals totals = LineTotals.NONE;

    private SinkServer(HttpServer server, int threadCount) {
        this.server = server;
        this.pool = Executors.newFixedThreadPool(threadCount, this::thread);
        server.setExecutor(pool);
        server.createContext(PATH, this::handle);
    }

    /// @param threadCount requests that are answered at once
    static SinkServer start(int threadCount) throws IOException {
        var server = new SinkServer(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG), threadCount);
        server.server.start();
        return server;
    }

    URI uri() {
        var address = server.getAddress();
        return URI.create("http://%s:%d%s".formatted(address.getAddress().getHostAddress(), address.getPort(), PATH));
    }

    /// What was posted since [#reset], every batch once.
    synchronized LineTotals totals() {
        return totals;
    }

    synchronized void reset() {
        seen.clear();
        totals = LineTotals.NONE;
    }

    /// CPU time of the threads that answer; null where the JVM does not tell.
    @Nullable
    Double cpuSeconds() {
        var bean = ManagementFactory.getThreadMXBean();
        if (!bean.isThreadCpuTimeSupported() || !bean.isThreadCpuTimeEnabled()) {
            return null;
        }
        long nanos = threads.stream()
                .mapToLong(thread -> Math.max(0, bean.getThreadCpuTime(thread.threadId())))
                .sum();
        return nanos / 1e9;
    }

    @Override
    public void close() {
        server.stop(0);
        pool.shutdownNow();
    }

    private Thread thread(Runnable work) {
        var thread =
                Thread.ofPlatform().daemon().name("http-sink-" + threads.size()).unstarted(work);
        threads.add(thread);
        return thread;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestMethod()) {
                case "POST" -> post(exchange);
                case "GET" -> get(exchange);
                default -> answer(exchange, 405, "");
            }
        }
    }

    private void get(HttpExchange exchange) throws IOException {
        var name =
                name(exchange.getRequestURI().getPath().substring(PATH.length()).replaceFirst("^/", ""));
        answer(exchange, name != null && holds(name) ? 204 : 404, "");
    }

    private void post(HttpExchange exchange) throws IOException {
        var name = name(String.valueOf(exchange.getRequestHeaders().getFirst("X-Batch")));
        if (name == null) {
            answer(exchange, 400, "X-Batch is not {pipeline}/{key}");
            return;
        }
        var body = Objects.requireNonNullElseGet(bodies.poll(), Body::new);
        body.read(exchange.getRequestBody());
        var lines = body.lines();
        int badLine = body.badLine;
        bodies.add(body);
        if (lines == null) {
            answer(exchange, 400, "Line %d is no JSON object".formatted(badLine));
            return;
        }
        count(name, lines);
        answer(exchange, 200, acknowledgement(lines));
    }

    private static @Nullable Name name(String text) {
        try {
            return Name.parse(text);
        } catch (NumberFormatException e) {
            // The answer says so.
            return null;
        }
    }

    static String acknowledgement(LineTotals lines) {
        return "{\"records\":%d,\"sum\":\"%016x\",\"xor\":\"%016x\"}"
                .formatted(lines.count(), lines.sum(), lines.xor());
    }

    private synchronized boolean holds(Name name) {
        return seen.contains(name);
    }

    private synchronized void count(Name name, LineTotals lines) {
        if (seen.add(name)) {
            totals = totals.plus(lines);
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", status == 200 ? "application/json" : "text/plain");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /// A request's body, reused.
    private static final class Body {

        private final JsonScanner scanner = new JsonScanner();
        private byte[] bytes = new byte[64 * 1024];
        private int length;
        private int badLine;

        void read(InputStream in) throws IOException {
            length = 0;
            for (int count = in.read(bytes, 0, bytes.length);
                    count >= 0;
                    count = in.read(bytes, length, bytes.length - length)) {
                length += count;
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, Math.multiplyExact(length, 2));
                }
            }
        }

        /// Null where a line is no JSON object.
        @Nullable
        LineTotals lines() {
            long count = 0;
            long sum = 0;
            long xor = 0;
            int from = 0;
            while (from < length) {
                int to = from;
                while (to < length && bytes[to] != '\n') {
                    to++;
                }
                count++;
                if (scanner.check(bytes, from, to) != JsonScanner.FINE) {
                    badLine = (int) count;
                    return null;
                }
                long hash = LineTotals.hash(bytes, from, to - from);
                sum += hash;
                xor ^= hash;
                from = to + 1;
            }
            return new LineTotals(count, sum, xor);
        }
    }
}
