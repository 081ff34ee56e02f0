package dyno.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Calls of a test to the service that it started, with the status that it expects.
final class RestCalls {

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();
    private final URI root;

    RestCalls(int port) {
        this.root = URI.create("http://127.0.0.1:" + port);
    }

    JsonNode get(String path) {
        return send("GET", path, "", 200);
    }

    /// @param body empty for none
    JsonNode send(String method, String path, String body, int status) {
        var answer = exchange(method, path, body);
        assertThat(answer.statusCode())
                .as("%s %s: %s", method, path, answer.body())
                .isEqualTo(status);
        return answer.body().isEmpty() ? MissingNode.getInstance() : json.readTree(answer.body());
    }

    int status(String method, String path, String body) {
        return exchange(method, path, body).statusCode();
    }

    private HttpResponse<String> exchange(String method, String path, String body) {
        var request = HttpRequest.newBuilder(root.resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
