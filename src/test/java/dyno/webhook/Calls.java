package dyno.webhook;

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

/// Calls of a test to its service, with the status that it expects.
final class Calls implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI root;

    Calls(int port) {
        this.root = URI.create("http://127.0.0.1:" + port);
    }

    /// @param body empty for none
    JsonNode send(String method, String path, String body, int status) {
        var request = HttpRequest.newBuilder(root.resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> answer;
        try {
            answer = client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        assertThat(answer.statusCode())
                .as("%s %s: %s", method, path, answer.body())
                .isEqualTo(status);
        return answer.body().isEmpty()
                ? MissingNode.getInstance()
                : JsonMapper.shared().readTree(answer.body());
    }

    /// The code of a refusal.
    String code(String method, String path, String body, int status) {
        return send(method, path, body, status).path("code").asString();
    }

    @Override
    public void close() {
        client.close();
    }
}
