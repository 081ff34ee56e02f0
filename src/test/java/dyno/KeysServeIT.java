package dyno;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.ChildJvm;
import dyno.support.TestFolders;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Keys from the first one on, as an operator makes them.
@Tag("long")
class KeysServeIT {

    private static final Map<String, String> KEYS = Map.of("DYNO_AUTH", "keys");

    private final Path data = TestFolders.fresh("keyed");
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void makesTheFirstKeyBeforeTheServiceEverRanAndRevokesItWhileItRuns() throws Exception {
        var key = keys("create", "--name", "ops", "--scope", "admin")
                .output()
                .lines()
                .toList()
                .getLast();
        assertThat(key).startsWith("dyno_");

        try (var service =
                ChildJvm.start(Dyno.class, List.of("serve", "--port", "0", "--data", data.toString()), KEYS)) {
            service.awaitLine("service ready");
            assertThat(get("").statusCode()).isEqualTo(401);
            assertThat(get(key).statusCode()).isEqualTo(200);

            var second = keys("create", "--name", "other", "--scope", "read")
                    .output()
                    .lines()
                    .toList()
                    .getLast();
            assertThat(get(second).statusCode()).isEqualTo(200);
            assertThat(keys("revoke", "ops").status()).isZero();

            assertThat(get(key).statusCode()).isEqualTo(401);
            assertThat(get(second).statusCode()).isEqualTo(200);
            assertThat(Files.readString(data.resolve("logs/dyno.log")))
                    .doesNotContain(key.substring(14), second.substring(14));
        }
    }

    private ChildJvm.End keys(String... arguments) throws Exception {
        var all = new ArrayList<>(List.of("keys"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        try (var command = ChildJvm.start(Dyno.class, all, Map.of())) {
            return command.awaitEnd();
        }
    }

    private HttpResponse<String> get(String key) throws Exception {
        int port = JsonMapper.shared()
                .readTree(Files.readString(data.resolve("service.json")))
                .get("port")
                .asInt();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/engines"));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
