package dyno.result;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.result.Alert.Kind;
import dyno.result.Alert.State;
import dyno.support.PostgresTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "dyno.worker.enabled=false")
@PostgresTest
class AlertControllerIT {

    @Autowired
    private AlertStore store;

    @Autowired
    private JdbcClient jdbc;

    private final RestCalls calls;

    AlertControllerIT(@LocalServerPort int port) {
        this.calls = new RestCalls(port);
    }

    @BeforeEach
    void empty() {
        jdbc.sql("DELETE FROM alert").update();
    }

    @Test
    void raisesAnAlertOnceForItsSubject() {
        var first = store.raise(missing("nightly Monday"));
        var again = store.raise(missing("nightly Monday"));
        var another = store.raise(missing("nightly Tuesday"));

        assertThat(first).isPresent();
        assertThat(again).isEmpty();
        assertThat(another).isPresent();
        assertThat(calls.get("/api/v1/alerts").path("items")).hasSize(2);
    }

    @Test
    void showsAnAlertAsItWasRaised() {
        var raised = store.raise(regression("generator", "direct")).orElseThrow();

        var shown = calls.get("/api/v1/alerts/" + raised.id());

        assertThat(shown.path("kind").asString()).isEqualTo("REGRESSION");
        assertThat(shown.path("state").asString()).isEqualTo("OPEN");
        assertThat(shown.path("case").asString()).isEqualTo("direct");
        assertThat(shown.at("/details/score").asDouble()).isEqualTo(4.5);
        assertThat(shown.path("reason").isNull()).isTrue();
        assertThat(shown.path("changedAt").isNull()).isTrue();
    }

    @Test
    void listsTheNewestFirstInPagesAndFilters() {
        store.raise(missing("a")).orElseThrow();
        var regression = store.raise(regression("marc", "default")).orElseThrow();
        var newest = store.raise(regression("generator", "direct")).orElseThrow();

        var first = calls.get("/api/v1/alerts?limit=1");
        var second = calls.get(
                "/api/v1/alerts?limit=2&cursor=" + first.path("nextCursor").asString());

        assertThat(first.path("items").findValuesAsString("id"))
                .containsExactly(newest.id().toString());
        assertThat(second.path("items")).hasSize(2);
        assertThat(second.path("nextCursor").isNull()).isTrue();
        assertThat(calls.get("/api/v1/alerts?engine=marc&kind=REGRESSION&state=OPEN")
                        .path("items")
                        .findValuesAsString("id"))
                .containsExactly(regression.id().toString());
    }

    @Test
    void confirmsAndDismissesWithAReason() {
        var alert = store.raise(regression("generator", "direct")).orElseThrow();
        var path = "/api/v1/alerts/" + alert.id();

        var confirmed = calls.send("PATCH", path, "{\"state\": \"CONFIRMED\"}", 200);
        assertThat(store.regressions()).isEqualTo(Map.of("generator", 1L));
        var dismissed = calls.send("PATCH", path, "{\"state\": \"DISMISSED\", \"reason\": \"the disk was full\"}", 200);

        assertThat(confirmed.path("state").asString()).isEqualTo("CONFIRMED");
        assertThat(confirmed.path("changedAt").isString()).isTrue();
        assertThat(dismissed.path("reason").asString()).isEqualTo("the disk was full");
        assertThat(store.find(alert.id())).map(Alert::state).hasValue(State.DISMISSED);
        assertThat(store.regressions()).isEmpty();
    }

    @Test
    void refusesADismissalWithoutAReasonAndEverythingElseThatIsWrong() {
        var path = "/api/v1/alerts/" + store.raise(missing("a")).orElseThrow().id();

        assertThat(pointers(path, "{\"state\": \"DISMISSED\"}")).containsExactly("/reason");
        assertThat(pointers(path, "{\"state\": \"OPEN\", \"reason\": 5, \"who\": \"me\"}"))
                .containsExactlyInAnyOrder("/state", "/reason", "/who");
        assertThat(pointers(path, "{}")).containsExactly("/state");
        assertThat(calls.send("PATCH", path, "{\"state\": \"CONFIRMED\", \"sate\": 1}", 400)
                        .path("code")
                        .asString())
                .isEqualTo("unknown-field");
        assertThat(calls.send("PATCH", path, "[]", 400).path("code").asString()).isEqualTo("invalid-request");
        assertThat(calls.send("PATCH", path, "{", 400).path("code").asString()).isEqualTo("malformed-json");
        assertThat(calls.get(path).path("state").asString()).isEqualTo("OPEN");
    }

    @Test
    void hasAProblemForAnAlertThatIsNotThere() {
        var path = "/api/v1/alerts/" + UUID.randomUUID();

        assertThat(calls.send("GET", path, "", 404).path("code").asString()).isEqualTo("not-found");
        assertThat(calls.send("PATCH", path, "{\"state\": \"CONFIRMED\"}", 404)
                        .path("code")
                        .asString())
                .isEqualTo("not-found");
        assertThat(calls.send("GET", "/api/v1/alerts?state=NEW", "", 400)
                        .at("/errors/0/pointer")
                        .asString())
                .isEqualTo("?state");
    }

    private List<String> pointers(String path, String body) {
        return calls.send("PATCH", path, body, 400).path("errors").findValuesAsString("pointer");
    }

    private static NewAlert missing(String subject) {
        return NewAlert.missingNightly("nightly", subject, "Nothing came", Map.of());
    }

    private static NewAlert regression(String engine, String caseName) {
        return new NewAlert(
                Kind.REGRESSION,
                engine + caseName,
                engine,
                caseName,
                "sha256:00",
                UUID.randomUUID(),
                null,
                "It is slower",
                Map.of("score", 4.5));
    }
}
