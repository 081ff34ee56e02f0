package dyno.engine.etl;

import dyno.engine.FailureCode;
import dyno.engine.etl.LoadException.Kind;
import dyno.engine.etl.SeenBatches.Name;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// One worker's way into sink HTTP: a keep-alive connection, one POST a batch.
final class HttpLoader implements Sink.Loader {

    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final HttpSink sink;
    private final URI uri;
    private final HttpClient client;
    private final LineBuffer lines = new LineBuffer(64 * 1024);

    HttpLoader(HttpSink sink, URI uri) {
        this.sink = sink;
        this.uri = uri;
        this.client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    @Override
    public void load(Load load) throws InterruptedException {
        var totals = write(load);
        var request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-ndjson")
                .header("X-Batch", Name.of(load).toString())
                .header("X-Attempt", Integer.toString(load.attempt()))
                .POST(BodyPublishers.ofByteArray(lines.array(), 0, lines.length()))
                .build();
        var answer = send(request);
        switch (answer.statusCode() / 100) {
            case 2 -> requireAgreement(totals, answer);
            case 5 -> throw new LoadException(Kind.TRANSIENT, told(answer));
            default -> throw new LoadException(Kind.PERMANENT, told(answer));
        }
        sink.sent(totals);
    }

    private LineTotals write(Load load) {
        lines.clear();
        long sum = 0;
        long xor = 0;
        int end = load.toRow();
        for (int row = load.fromRow(); row < end; row++) {
            int from = lines.length();
            load.results().appendLine(row, lines);
            long hash = LineTotals.hash(lines.array(), from, lines.length() - from);
            sum += hash;
            xor ^= hash;
            lines.raw('\n');
        }
        return new LineTotals(load.rows(), sum, xor);
    }

    private static void requireAgreement(LineTotals sent, HttpResponse<byte[]> answer) {
        var expected = SinkServer.acknowledgement(sent);
        var acknowledged = new String(answer.body(), StandardCharsets.UTF_8);
        if (!acknowledged.equals(expected)) {
            throw new LoadException(
                    Kind.FATAL,
                    FailureCode.ENGINE_ERROR,
                    "The sink acknowledged %s, sent was %s".formatted(acknowledged, expected),
                    null);
        }
    }

    @Override
    public boolean isLoaded(Load load) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(uri + "/" + Name.of(load)))
                .GET()
                .build();
        boolean isLoaded = send(request).statusCode() == 204;
        if (isLoaded) {
            sink.sent(write(load));
        }
        return isLoaded;
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw failed(Kind.TRANSIENT, e);
        } catch (IOException e) {
            // The sink may have got all of it before the connection broke.
            throw failed(Kind.UNKNOWN_OUTCOME, e);
        }
    }

    private static LoadException failed(Kind kind, IOException e) {
        return new LoadException(kind, FailureCode.ENGINE_ERROR, "The sink does not answer: " + e, e);
    }

    private static String told(HttpResponse<byte[]> answer) {
        return "The sink answered %d: %s"
                .formatted(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
