package dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiTest {

    private final PlayedApi played = new PlayedApi();
    private final Api api = new Api(played.base());

    @AfterEach
    void close() {
        api.close();
        played.close();
    }

    @Test
    void readsAnAnswer() throws Exception {
        played.on("GET /api/v1/jobs/a%20b", PlayedApi.json(200, "{\"id\": \"7\"}"));

        assertThat(api.get("/api/v1/jobs/" + Api.segment("a b")).path("id").stringValue())
                .isEqualTo("7");
    }

    @Test
    void sendsABodyWithItsHeaders() throws Exception {
        played.on("POST /api/v1/jobs", PlayedApi.json(202, "{}"));

        api.post("/api/v1/jobs", "{\"engine\": \"größe\"}", Map.of("Idempotency-Key", "k"));

        var request = played.requests().getFirst();
        assertThat(request.body()).isEqualTo("{\"engine\": \"größe\"}");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("Idempotency-Key")).isEqualTo("k");
    }

    @Test
    void showsItsKeyWhereItHasOne() throws Exception {
        played.on("GET /x", PlayedApi.json(200, "{}"));

        api.get("/x");
        try (var keyed = new Api(played.base(), "dyno_0badcafe_secret")) {
            keyed.get("/x");
        }

        assertThat(played.requests())
                .extracting(request -> request.header("Authorization"))
                .containsExactly("", "Bearer dyno_0badcafe_secret");
    }

    @Test
    void wordsAProblemWithEveryViolation() {
        played.on("GET /x", PlayedApi.json(400, """
                {"type": "/problems/invalid-request", "title": "The request breaks types or bounds", "status": 400,
                 "detail": "2 fields are wrong", "code": "invalid-request", "requestId": "r-1",
                 "errors": [{"pointer": "/workload/threads", "message": "threads 0 is below 1"},
                            {"pointer": "", "message": "is not an object"}]}"""));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> api.get("/x"))
                .withMessage("""
                        The request breaks types or bounds: 2 fields are wrong
                          /workload/threads: threads 0 is below 1
                          (body): is not an object
                          (400 invalid-request, request r-1)""")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    @Test
    void countsAFaultOfTheServiceAsAFailure() {
        played.on("GET /x", PlayedApi.json(503, "{\"title\": \"The database is out of reach\"}"));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> api.get("/x"))
                .withMessage("The database is out of reach\n  (503)")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.JOB_FAILED));
    }

    @Test
    void quotesAnAnswerThatIsNotJson() {
        played.on("GET /x", PlayedApi.answer(502, "text/html", "<html>Bad gateway</html>\n<p>"));

        assertThatExceptionOfType(StrangeAnswerException.class)
                .isThrownBy(() -> api.get("/x"))
                .withMessage(played.base() + "/x answered 502 with something other than JSON, so it is not Dyno's API: "
                        + "<html>Bad gateway</html>");
    }

    @Test
    void rejectsAnEmptyAnswerAndOneThatIsNoTree() {
        played.on("GET /empty", PlayedApi.answer(200, "application/json", ""))
                .on("GET /number", PlayedApi.json(200, "5"));

        assertThatExceptionOfType(StrangeAnswerException.class).isThrownBy(() -> api.get("/empty"));
        assertThatExceptionOfType(StrangeAnswerException.class).isThrownBy(() -> api.get("/number"));
    }

    @Test
    void saysThatNobodyListens() {
        played.close();

        assertThatExceptionOfType(UnreachableException.class)
                .isThrownBy(() -> api.get("/x"))
                .withMessage("Nothing answers at " + played.base())
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.COULD_NOT_START));
    }

    @Test
    void saysThatTheConnectionBroke() {
        played.on("GET /x", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write('{');
            exchange.close();
        });

        assertThatExceptionOfType(UnreachableException.class)
                .isThrownBy(() -> api.get("/x"))
                .withMessageStartingWith("The connection to " + played.base() + " broke: ");
    }
}
