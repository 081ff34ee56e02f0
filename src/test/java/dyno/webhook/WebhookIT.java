package dyno.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dyno.support.PostgresTest;
import dyno.web.ProblemException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Webhooks as clients keep them. Nothing is sent.
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "dyno.worker.enabled=false",
            "dyno.webhooks.allowed-hosts=Hooks.Example.org, chat.example.org, ::1"
        })
@PostgresTest
class WebhookIT {

    private static final String CHAT = """
            {"name": "chat", "url": "https://hooks.example.org/T1?x=y", "events": ["JOB_FAILED", "REGRESSION"],
             "labels": {"suite": "nightly"}}
            """;

    private final Calls calls;

    @Autowired
    private WebhookService service;

    @Autowired
    private DeliveryStore deliveries;

    WebhookIT(@LocalServerPort int port) {
        this.calls = new Calls(port);
    }

    @BeforeEach
    void empty() {
        service.all().forEach(webhook -> service.remove(webhook.name()));
    }

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void showsASecretOnceAndNeverAgain() {
        var made = calls.send("POST", "/api/v1/webhooks", CHAT, 201);

        var secret = made.path("secret").asString();
        assertThat(secret).startsWith("whsec_").hasSize(6 + 44);
        assertThat(made.path("name").asString()).isEqualTo("chat");
        assertThat(made.path("url").asString()).isEqualTo("https://hooks.example.org/T1?x=y");
        assertThat(words(made.path("events"))).containsExactly("JOB_FAILED", "REGRESSION");
        assertThat(made.at("/labels/suite").asString()).isEqualTo("nightly");
        assertThat(made.path("enabled").asBoolean()).isTrue();
        assertThat(made.path("consecutiveFailures").asInt()).isZero();
        for (var shown : List.of(
                calls.send("GET", "/api/v1/webhooks", "", 200),
                calls.send("GET", "/api/v1/webhooks/chat", "", 200),
                calls.send("PUT", "/api/v1/webhooks/chat", CHAT, 200),
                calls.send("POST", "/api/v1/webhooks/chat/test", "", 202),
                calls.send("GET", "/api/v1/webhooks/chat/deliveries", "", 200))) {
            assertThat(shown.toString()).doesNotContain("secret", "whsec", secret.substring(6));
        }
    }

    @Test
    void makesChangesAndDeletes() {
        var made = calls.send("PUT", "/api/v1/webhooks/all", "{\"url\": \"https://chat.example.org\"}", 201);
        assertThat(made.path("secret").asString()).startsWith("whsec_");
        assertThat(words(made.path("events")))
                .containsExactly(
                        "JOB_SUCCEEDED",
                        "JOB_FAILED",
                        "JOB_CANCELLED",
                        "JOB_TIMED_OUT",
                        "REGRESSION",
                        "MISSING_NIGHTLY");

        var changed = calls.send(
                "PUT",
                "/api/v1/webhooks/all",
                "{\"url\": \"http://[::1]:9/x\", \"events\": null, \"enabled\": false}",
                200);

        assertThat(changed.path("url").asString()).isEqualTo("http://[::1]:9/x");
        assertThat(changed.path("enabled").asBoolean()).isFalse();
        assertThat(calls.code("POST", "/api/v1/webhooks", CHAT.replace("chat\"", "all\""), 409))
                .isEqualTo("name-taken");
        calls.send("DELETE", "/api/v1/webhooks/all", "", 204);
        assertThat(calls.code("DELETE", "/api/v1/webhooks/all", "", 404)).isEqualTo("not-found");
        assertThat(calls.code("GET", "/api/v1/webhooks/all", "", 404)).isEqualTo("not-found");
        assertThat(calls.code("GET", "/api/v1/webhooks/all/deliveries", "", 404))
                .isEqualTo("not-found");
        assertThat(calls.code("POST", "/api/v1/webhooks/all/test", "", 404)).isEqualTo("not-found");
        assertThat(calls.code("POST", "/api/v1/webhooks/all/secret", "", 404)).isEqualTo("not-found");
    }

    @Test
    void givesANewSecretWhereThatIsAskedFor() {
        var first = calls.send("POST", "/api/v1/webhooks", CHAT, 201);

        var second = calls.send("POST", "/api/v1/webhooks/chat/secret", "", 200);

        assertThat(second.path("secret").asString())
                .startsWith("whsec_")
                .isNotEqualTo(first.path("secret").asString());
        calls.send("POST", "/api/v1/webhooks/chat/test", "", 202);
        var signedWith = deliveries.claim(1, Instant.now()).getFirst().secret();
        assertThat(signedWith.reveal()).isEqualTo(second.path("secret").asString());
    }

    @Test
    void saysEverythingThatIsWrong() {
        var refused = calls.send("POST", "/api/v1/webhooks", """
                {"name": "A b", "url": "ftp://hooks.example.org", "events": ["JOB_FAILED", "PING", "JOB_FAILED"],
                 "labels": {"a": 1}, "enabled": "yes", "secret": "mine"}
                """, 400);

        assertThat(refused.path("code").asString()).isEqualTo("invalid-request");
        assertThat(refused.path("errors").findValuesAsString("pointer"))
                .containsExactly("/name", "/url", "/events/1", "/events/2", "/labels/a", "/enabled", "/secret");
        assertThat(calls.code("PUT", "/api/v1/webhooks/other", CHAT, 400)).isEqualTo("invalid-request");
        assertThat(calls.code("POST", "/api/v1/webhooks", "{\"name\": \"a\"}", 400))
                .isEqualTo("invalid-request");
        assertThat(calls.code("POST", "/api/v1/webhooks", CHAT.replace("labels", "label"), 400))
                .isEqualTo("unknown-field");
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:password@hooks.example.org/, a user",
        "https://hooks.example.org/#part, a fragment",
        "https:/hooks, no host",
        "https://hooks_1.example.org, no host",
        "https://hooks.example.org:70000, port",
        "https://hooks.example.org:0, port",
        "file:///etc/passwd, http",
        "hooks.example.org, http",
        "https://hooks example.org, no URL",
    })
    void refusesWhatIsNoAddressOfAReceiver(String url, String reason) {
        var refused = calls.send("POST", "/api/v1/webhooks", body(url), 400);

        assertThat(refused.at("/errors/0/pointer").asString()).isEqualTo("/url");
        assertThat(refused.at("/errors/0/message").asString()).contains(reason).doesNotContain("password");
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org",
        "https://hooks.example.org.evil.net",
        "https://evil.net/hooks.example.org",
        "https://sub.hooks.example.org",
        "https://hooks.example.org.",
        "http://127.0.0.1",
        "http://[::2]",
    })
    void refusesHostsThatAreNotOnTheList(String url) {
        var refused = calls.send("POST", "/api/v1/webhooks", body(url), 422);

        assertThat(refused.path("code").asString()).isEqualTo("host-not-allowed");
        assertThat(refused.at("/errors/0/pointer").asString()).isEqualTo("/url");
        assertThat(refused.at("/errors/0/message").asString()).contains("dyno.webhooks.allowed-hosts");
    }

    @Test
    void allowsNoHostWhereNoneIsNamed() {
        var none = new AllowedHosts(List.of());

        assertThat(none.allow(URI.create("https://hooks.example.org"))).isFalse();
        assertThatCode(() -> none.require(URI.create("https://hooks.example.org")))
                .satisfies(e -> assertThat(
                                ((ProblemException) e).violations().getFirst().message())
                        .startsWith("no host is allowed; the setting dyno.webhooks.allowed-hosts"));
    }

    @Test
    void listsDeliveriesNewestFirstInPages() {
        calls.send("POST", "/api/v1/webhooks", CHAT, 201);
        var first = calls.send("POST", "/api/v1/webhooks/chat/test", "", 202);
        var second = calls.send("POST", "/api/v1/webhooks/chat/test", "", 202);

        var page = calls.send("GET", "/api/v1/webhooks/chat/deliveries?limit=1", "", 200);
        var rest = calls.send(
                "GET",
                "/api/v1/webhooks/chat/deliveries?state=PENDING&cursor="
                        + page.path("nextCursor").asString(),
                "",
                200);

        assertThat(page.path("items").findValuesAsString("id"))
                .containsExactly(second.path("id").asString());
        assertThat(rest.path("items").findValuesAsString("id"))
                .containsExactly(first.path("id").asString());
        assertThat(rest.path("nextCursor").isNull()).isTrue();
        assertThat(first.path("event").asString()).isEqualTo("PING");
        assertThat(first.path("state").asString()).isEqualTo("PENDING");
        assertThat(calls.send("GET", "/api/v1/webhooks/chat/deliveries?state=FAILED", "", 200)
                        .path("items"))
                .isEmpty();
        assertThat(calls.send("GET", "/api/v1/webhooks/chat/deliveries?state=LOST", "", 400)
                        .at("/errors/0/pointer")
                        .asString())
                .isEqualTo("?state");
        assertThat(calls.code("POST", "/api/v1/webhooks/chat/deliveries/" + UUID.randomUUID() + "/redeliver", "", 404))
                .isEqualTo("not-found");
    }

    private static String body(String url) {
        return "{\"name\": \"a\", \"url\": \"%s\"}".formatted(url);
    }

    private static List<String> words(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
