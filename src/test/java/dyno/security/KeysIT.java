package dyno.security;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.PostgresTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/// The service where keys are asked for.
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "dyno.auth=keys",
            "dyno.worker.enabled=false",
            "dyno.limits.address-burst=100000",
            // Where Boot would believe whatever a client says of itself.
            "spring.main.cloud-platform=kubernetes"
        })
@PostgresTest
class KeysIT {

    private static final String NONE = "none";
    private static final String SMOKE = """
            {"engine": "generator", "workload": {"totalBytes": 1048576, "chunkBytes": 65536}, "plan": {"mode": "SMOKE"}}
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI root;

    @Autowired
    private ApiKeys keys;

    @Autowired
    private DataSource database;

    @Autowired
    private InstantSource clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ApplicationContext context;

    KeysIT(@LocalServerPort int port) {
        this.root = URI.create("http://127.0.0.1:" + port);
    }

    @BeforeEach
    void withoutKeys() {
        jdbc.sql("TRUNCATE api_key, audit").update();
    }

    @AfterEach
    void close() {
        client.close();
    }

    /// One request of a route, its variables filled with what names nothing.
    private record Route(String method, String path) {}

    @Test
    void letsEachKindOfKeyDoOnEveryRouteJustWhatTheReferenceSays() throws Exception {
        var documented = DocumentedAccess.read();
        var holders = holders();
        var wrong = new ArrayList<String>();
        for (var route : routes()) {
            var needed = documented.required(route.method(), route.path());
            for (var holder : holders.entrySet()) {
                int expected = expected(needed.orElse(null), holder.getKey(), route.path());
                int status = send(route.method(), route.path(), holder.getValue(), "")
                        .statusCode();
                boolean isAsDocumented =
                        expected == 200 ? status < 500 && status != 401 && status != 403 : status == expected;
                if (!isAsDocumented) {
                    wrong.add("%s with %s: %d, not %d".formatted(route, holder.getKey(), status, expected));
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(send("GET", "/api/v1/nothing", holders.get("read"), "").statusCode())
                .isEqualTo(404);
        assertThat(send("DELETE", "/api/v1/nothing", holders.get("admin"), "").statusCode())
                .isEqualTo(404);
    }

    /// @return 200 for anything that a controller answers
    private static int expected(Scope needed, String holder, String path) {
        boolean isGood = List.of("read", "submit", "admin").contains(holder);
        if (path.startsWith("/actuator/health")) {
            return 200;
        }
        if (needed == null) {
            return isGood || holder.equals(NONE) ? 200 : 401;
        }
        if (!isGood) {
            return 401;
        }
        return List.of("read", "submit", "admin").indexOf(holder) >= needed.ordinal() ? 200 : 403;
    }

    /// What is sent as a key, by kind.
    private Map<String, String> holders() {
        var holders = new TreeMap<String, String>();
        holders.put(NONE, "");
        for (var scope : Scope.values()) {
            holders.put(
                    scope.word(), bearer(keys.create(scope.word(), scope, null).text()));
        }
        holders.put("revoked", bearer(keys.create("revoked", Scope.ADMIN, null).text()));
        keys.revoke("revoked");
        var past = new ApiKeys(database, () -> clock.instant().minus(Duration.ofDays(2)));
        holders.put(
                "expired",
                bearer(past.create("expired", Scope.ADMIN, Duration.ofDays(1)).text()));
        holders.put("foreign", bearer(KeyText.random(new SecureRandom()).reveal()));
        holders.put("of-another-kind", "Basic YWRtaW46YWRtaW4=");
        return holders;
    }

    private List<Route> routes() {
        var routes = new TreeSet<Route>(Comparator.comparing(Route::toString));
        for (var mapping :
                context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values()) {
            for (var info : mapping.getHandlerMethods().keySet()) {
                var methods = info.getMethodsCondition().getMethods();
                for (var path : info.getPatternValues()) {
                    var filled = path.replaceAll("\\{(id|run|job)}", new UUID(7, 7).toString())
                            .replaceAll("\\{[^}]*}|\\*+", "nothing");
                    if (methods.isEmpty()) {
                        routes.add(new Route("GET", filled));
                    }
                    methods.forEach(method -> routes.add(new Route(method.name(), filled)));
                }
            }
        }
        routes.add(new Route("GET", "/swagger-ui/index.html"));
        routes.add(new Route("GET", "/api/v1/nothing"));
        routes.add(new Route("POST", "/api/v1/nothing"));
        assertThat(routes)
                .contains(new Route("POST", "/api/v1/jobs"), new Route("GET", "/actuator/prometheus"))
                .hasSizeGreaterThan(20);
        return List.copyOf(routes);
    }

    @Test
    void refusesARevokedKeyFromTheNextRequestOn() throws Exception {
        var key = bearer(keys.create("laptop", Scope.READ, null).text());
        assertThat(send("GET", "/api/v1/engines", key, "").statusCode()).isEqualTo(200);

        keys.revoke("laptop");

        var refused = send("GET", "/api/v1/engines", key, "");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(refused.body()).contains("\"code\":\"unauthenticated\"");
    }

    @Test
    void letsARotatedKeyCountForAsLongAsItIsTold() throws Exception {
        var first = bearer(keys.create("ci", Scope.READ, null).text());
        var second = bearer(keys.rotate("ci", Duration.ofHours(1)).text());
        var third = bearer(keys.rotate("ci", Duration.ZERO).text());

        assertThat(send("GET", "/api/v1/engines", first, "").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/api/v1/engines", second, "").statusCode()).isEqualTo(401);
        assertThat(send("GET", "/api/v1/engines", third, "").statusCode()).isEqualTo(200);
    }

    @Test
    void keepsNothingOfAKeyButItsHash() throws Exception {
        var text = keys.create("laptop", Scope.READ, null).text();
        send("GET", "/api/v1/engines", bearer(text), "");

        var stored = jdbc.sql("SELECT to_json(api_key)::text FROM api_key")
                .query(String.class)
                .single();

        assertThat(stored).contains("dyno_" + text.split("_")[1]).doesNotContain(text.substring(14));
        assertThat(jdbc.sql("SELECT last_used_at IS NOT NULL FROM api_key")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void writesDownEveryChangeThatAKeyWasAllowed() throws Exception {
        var submitter = bearer(keys.create("ci", Scope.SUBMIT, null).text());
        var accepted = send("POST", "/api/v1/jobs?dryRun=false", submitter, SMOKE);
        send("POST", "/api/v1/jobs", submitter, "{");
        send("DELETE", "/api/v1/datasets/books", submitter, "");
        send("GET", "/api/v1/jobs", submitter, "");

        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        var rows = jdbc.sql("""
                        SELECT concat_ws(' ', key_name, address, method, path, status)
                        FROM audit
                        WHERE method <> 'COMMAND'
                        ORDER BY id
                        """).query(String.class).list();
        assertThat(rows).containsExactly("ci 127.0.0.1 POST /api/v1/jobs 202", "ci 127.0.0.1 POST /api/v1/jobs 400");
        assertThat(jdbc.sql("SELECT request_id FROM audit WHERE status = 202")
                        .query(String.class)
                        .single())
                .isEqualTo(accepted.headers().firstValue("X-Request-Id").orElseThrow());
    }

    @Test
    void believesNobodyWhoSaysWhereTheyComeFrom() throws Exception {
        var submitter = bearer(keys.create("ci", Scope.SUBMIT, null).text());
        for (var header : List.of("X-Forwarded-For", "X-Real-IP", "Forwarded")) {
            var request = HttpRequest.newBuilder(root.resolve("/api/v1/jobs"))
                    .POST(BodyPublishers.ofString("{"))
                    .header("Content-Type", "application/json")
                    .header("Authorization", submitter)
                    .header(header, header.equals("Forwarded") ? "for=203.0.113.7" : "203.0.113.7");
            assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(400);
        }

        assertThat(jdbc.sql("SELECT address FROM audit WHERE key_name = 'ci'")
                        .query(String.class)
                        .list())
                .containsExactly("127.0.0.1", "127.0.0.1", "127.0.0.1");
    }

    @Test
    void tellsBrowsersToDoNoHarm() throws Exception {
        for (var path : List.of("/api/v1/engines", "/problems", "/actuator/health")) {
            var headers = send("GET", path, "", "").headers();
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
            assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(headers.firstValue("Content-Security-Policy"))
                    .hasValue("default-src 'none'; frame-ancestors 'none'");
            assertThat(headers.firstValue("Set-Cookie")).isEmpty();
        }
        assertThat(send("GET", "/swagger-ui/index.html", "", "").headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'self'"));
    }

    @Test
    void showsOfTheActuatorHealthInfoAndMetricsOnly() throws Exception {
        var key = bearer(keys.create("monitor", Scope.READ, null).text());

        assertThat(send("GET", "/actuator/info", key, "").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/actuator/prometheus", key, "").statusCode()).isEqualTo(200);
        for (var endpoint : List.of("env", "beans", "heapdump", "threaddump", "loggers", "configprops", "shutdown")) {
            assertThat(send("GET", "/actuator/" + endpoint, key, "").statusCode())
                    .isEqualTo(404);
        }
    }

    private static String bearer(String key) {
        return "Bearer " + key;
    }

    private HttpResponse<String> send(String method, String path, String authorization, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(root.resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
