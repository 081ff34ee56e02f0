package dyno.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.PostgresTest;
import dyno.web.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The engines as clients see them, from the whole service.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@PostgresTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineApiIT {

    private final EngineCatalog catalog;
    private final URI server;
    private final HttpClient client = HttpClient.newHttpClient();

    EngineApiIT(@Autowired EngineCatalog catalog, @LocalServerPort int port) {
        this.catalog = catalog;
        this.server = URI.create("http://127.0.0.1:" + port);
    }

    @AfterAll
    void close() {
        client.close();
    }

    @Test
    void listsWhatTheCatalogHolds() throws Exception {
        var answer = send("GET", "/api/v1/engines");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        var page = tree(answer);
        assertThat(page.get("nextCursor")).isNull();
        assertThat((List<?>) page.get("items")).hasSameSizeAs(catalog.entries());
    }

    @Test
    void describesEachEngineAsItsEntryDoes() throws Exception {
        for (var entry : catalog.entries()) {
            var engine = entry.engine();

            var view = tree(send("GET", "/api/v1/engines/" + engine.id()));

            assertThat(view.keySet().toString())
                    .isEqualTo(
                            "[id, title, description, schema, example, defaults, computedDefaults, limits, scoreUnit]");
            assertThat(view.get("title")).isEqualTo(engine.title());
            assertThat(view.get("scoreUnit")).isEqualTo(engine.scoreUnit().unit());
            assertThat(view.get("schema"))
                    .isInstanceOfSatisfying(
                            Map.class,
                            schema -> assertThat(schema.get("$schema"))
                                    .isEqualTo("https://json-schema.org/draft/2020-12/schema"));
            assertThat(entry.check(view.get("example"), "/example")).isEmpty();
        }
    }

    @Test
    void standsInTheApiDescription() throws Exception {
        var api = tree(send("GET", "/v3/api-docs"));

        assertThat(api.get("paths"))
                .isInstanceOfSatisfying(
                        Map.class,
                        paths -> assertThat(paths.keySet().toString())
                                .contains("/api/v1/engines", "/api/v1/engines/{engine}", "/api/v1/jobs"));
        assertThat(send("GET", "/swagger-ui/index.html").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAsProblems() throws Exception {
        refuses(send("GET", "/api/v1/engines/brewery"), 404, "unknown-engine");
        refuses(send("GET", "/api/v1/engines?limit=5"), 400, "invalid-request");
        refuses(send("POST", "/api/v1/engines"), 405, "method-not-allowed");
        refuses(send("GET", "/api/v1/engines", "Accept", "text/html"), 406, "not-acceptable");
        refuses(send("GET", "/api/v1/motors"), 404, "not-found");
    }

    private static void refuses(HttpResponse<byte[]> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(tree(answer).get("code")).isEqualTo(code);
        assertThat(answer.headers().firstValue("X-Request-Id").orElseThrow())
                .isEqualTo(tree(answer).get("requestId"));
    }

    private HttpResponse<byte[]> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.resolve(path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static Map<?, ?> tree(HttpResponse<byte[]> answer) {
        assertThat(StrictJson.parse(answer.body())).isInstanceOf(Map.class);
        return (Map<?, ?>) StrictJson.parse(answer.body());
    }
}
