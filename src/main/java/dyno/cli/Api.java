package dyno.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The service's API as the client speaks it: requests out, JSON trees in, everything else an exception.
///
/// Safe for any number of threads. Whoever makes one closes it.
final class Api implements AutoCloseable {

    /// Loopback or a network: a listener that is there accepts at once or within a round trip.
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    /// No request of the client makes the service work for long; submissions of large suites are the slowest.
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private static final int NO_CONTENT = 204;

    private final URI base;
    private final String key;
    private final HttpClient http;

    /// @param base scheme, host, port and perhaps a path, without a slash at the end
    Api(URI base) {
        this(base, "");
    }

    /// @param key shown with every request; empty where the service asks nobody
    Api(URI base, String key) {
        this.base = base;
        this.key = key;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .build();
    }

    URI base() {
        return base;
    }

    /// @param path from `/api` on, with its query
    /// @throws UnreachableException   where no answer came
    /// @throws RefusedException       where the answer is a problem
    /// @throws StrangeAnswerException where the answer is not JSON
    JsonNode get(String path) throws InterruptedException {
        return send(request(path).timeout(ANSWER_LIMIT).GET().build());
    }

    /// Like [#get], with a body of JSON.
    JsonNode post(String path, String json, Map<String, String> headers) throws InterruptedException {
        var request = postRequest(path, BodyPublishers.ofString(json)).header("Content-Type", "application/json");
        headers.forEach(request::header);
        return send(request.build());
    }

    /// Like [#get], without a body.
    JsonNode post(String path) throws InterruptedException {
        return send(postRequest(path, BodyPublishers.noBody()).build());
    }

    /// Sends a file as it is, however long that takes; a refusal that does not need it comes before it is sent.
    JsonNode put(String path, Path file) throws InterruptedException {
        try {
            return send(request(path)
                    .expectContinue(true)
                    .PUT(BodyPublishers.ofFile(file))
                    .build());
        } catch (FileNotFoundException _) {
            throw new UnusableArgumentException("%s is not a file that can be read".formatted(file));
        }
    }

    /// Deletes what the path names.
    void delete(String path) throws InterruptedException {
        var request = request(path).timeout(ANSWER_LIMIT).DELETE().build();
        try {
            var response = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() != NO_CONTENT) {
                tree(response);
            }
        } catch (IOException e) {
            throw unreachable(request.uri(), e);
        }
    }

    EventStream events(String jobId, String lastEventId) {
        var request = request("/api/v1/jobs/" + segment(jobId) + "/events").header("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        return EventStream.open(http, request.GET().build());
    }

    /// `text` as one segment of a path.
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder postRequest(String path, BodyPublisher body) {
        return request(path).timeout(ANSWER_LIMIT).POST(body);
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).header("User-Agent", "dyno-client");
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    private JsonNode send(HttpRequest request) throws InterruptedException {
        try {
            return tree(http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw unreachable(request.uri(), e);
        }
    }

    /// The answer's body.
    static JsonNode tree(HttpResponse<String> response) {
        boolean isFine = response.statusCode() / 100 == 2;
        JsonNode body;
        try {
            body = Json.parse(response.body());
        } catch (JacksonException _) {
            throw strange(response);
        }
        if (!body.isObject() && (!isFine || !body.isArray())) {
            throw strange(response);
        }
        if (!isFine) {
            throw new RefusedException(Problem.of(response.statusCode(), body));
        }
        return body;
    }

    static UnreachableException unreachable(URI uri, Throwable cause) {
        String place = uri.getScheme() + "://" + uri.getAuthority();
        return switch (cause) {
            case ConnectException _, HttpConnectTimeoutException _ ->
                new UnreachableException("Nothing answers at " + place, cause);
            case HttpTimeoutException _ ->
                new UnreachableException(
                        "%s did not answer within %d s".formatted(place, ANSWER_LIMIT.toSeconds()), cause);
            default -> new UnreachableException("The connection to " + place + " broke: " + reason(cause), cause);
        };
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static StrangeAnswerException strange(HttpResponse<String> response) {
        String start = response.body().strip().lines().findFirst().orElse("nothing");
        return new StrangeAnswerException("%s answered %d with something other than JSON, so it is not Dyno's API: %s"
                .formatted(response.uri(), response.statusCode(), start.substring(0, Math.min(120, start.length()))));
    }
}
