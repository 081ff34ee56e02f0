package dyno.web;

import static dyno.web.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebSliceTest
@ExtendWith(OutputCaptureExtension.class)
class ProblemsIT {

    private final RawHttp http;

    ProblemsIT(@LocalServerPort int port) {
        this.http = new RawHttp(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH", "PROPFIND", "OPTIONS"})
    void findsNothingAtUnknownAddresses(String method) throws IOException {
        var problem = assertProblem(http.request(method, "/api/v1/nothing?x=1"), ProblemCode.NOT_FOUND);

        assertThat(problem.get("detail")).isEqualTo("There is nothing at /api/v1/nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/routes/ids/abc", "/error", "/problems/nothing", "/"})
    void findsNothingAtAddressesThatNameNothing(String target) throws IOException {
        assertProblem(http.request("GET", target), ProblemCode.NOT_FOUND);
    }

    @Test
    void saysWhichMethodsAnAddressTakes() throws IOException {
        var response = http.request("DELETE", "/routes/body");

        assertProblem(response, ProblemCode.METHOD_NOT_ALLOWED);
        assertThat(response.header("Allow")).isEqualTo("GET");
        assertThat(response.body()).contains("DELETE is not allowed here; allowed are GET");
    }

    @Test
    void answersHeadAndOptions() throws IOException {
        var head = http.request("HEAD", "/routes/body");
        var options = http.request("OPTIONS", "/routes/body");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("X-Request-Id")).isNotBlank();
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.header("Allow")).contains("GET", "HEAD", "OPTIONS");
    }

    @Test
    void sendsNoBodyWithAHeadProblem() throws IOException {
        var response = http.request("HEAD", "/api/v1/nothing");

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void saysWhichMediaTypesThereAre() throws IOException {
        assertProblem(http.request("GET", "/routes/body", "Accept: text/html"), ProblemCode.NOT_ACCEPTABLE);
        assertProblem(http.request("GET", "/routes/body", "Accept: garbage"), ProblemCode.NOT_ACCEPTABLE);
        assertProblem(http.post("/routes/tree", "{}", "Content-Type: text/plain"), ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        assertProblem(http.post("/routes/tree", "{}", "Content-Type: ;;"), ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        assertProblem(http.post("/routes/tree", "{}"), ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "text/html", "application/xml", "*/*"})
    void answersProblemsWhateverIsAccepted(String accept) throws IOException {
        assertProblem(http.request("GET", "/api/v1/nothing", "Accept: " + accept), ProblemCode.NOT_FOUND);
    }

    @Test
    void answersProblemsOfStreams() throws IOException {
        assertProblem(http.request("GET", "/routes/events", "Accept: text/event-stream"), ProblemCode.NOT_FOUND);
    }

    @Test
    void listsViolationsInOrderAndRoundsRetryAfterUp() throws IOException {
        var response = http.request("GET", "/routes/violations");
        var problem = assertProblem(response, ProblemCode.QUEUE_FULL);

        assertThat(problem.get("detail")).isEqualTo("1000 jobs wait");
        assertThat(problem.get("errors"))
                .isEqualTo(List.of(
                        Map.of("pointer", "/a~1b", "message", "first \"quoted\""),
                        Map.of("pointer", "?limit", "message", "second")));
        assertThat(response.header("Retry-After")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/routes/defect",
                "/routes/error",
                "/routes/checked",
                "/routes/unwritable",
                "/routes/broken-filter"
            })
    void tellsTheLogWhatItDoesNotTellClients(String target, CapturedOutput output) throws IOException {
        var response = http.request("GET", target, "X-Request-Id: " + target.replace('/', '-'));

        var problem = assertProblem(response, ProblemCode.INTERNAL);
        assertThat(problem.get("requestId")).isEqualTo(target.replace('/', '-'));
        assertThat(problem.containsKey("errors")).isFalse();
        assertThat(output.getAll()
                        .lines()
                        .filter(line -> line.contains(target.replace('/', '-')) && line.contains("ERROR")))
                .hasSize(1);
        assertThat(output).contains("secret");
    }

    @Test
    void saysWhenToComeBackWhileTheDatabaseIsAway() throws IOException {
        var response = http.request("GET", "/routes/database");

        assertProblem(response, ProblemCode.DATABASE_UNAVAILABLE);
        assertThat(response.header("Retry-After")).isEqualTo("5");
    }

    @Test
    void mapsStatusesThatItDoesNotHave() throws IOException {
        assertProblem(http.request("GET", "/routes/send-error"), ProblemCode.INVALID_REQUEST);
    }

    @Test
    void breaksTheConnectionOffWhereHalfAnAnswerIsOut() throws IOException {
        var response = http.request("GET", "/routes/half");

        assertThat(response.body()).isEqualTo("half");
        assertThat(response.header("Content-Length")).isEqualTo("100");
    }

    @ParameterizedTest
    @CsvSource({"abc-1.2:3_4, true", "'', false", "a b, false", "<script>, false"})
    void takesRequestIdsThatAreSane(String inbound, boolean isTaken) throws IOException {
        var response = http.request("GET", "/routes/body", "X-Request-Id: " + inbound);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("X-Request-Id").equals(inbound)).isEqualTo(isTaken);
        assertThat(response.header("X-Request-Id")).isNotBlank();
        assertThat(http.request("GET", "/routes/body", "X-Request-Id: " + "x".repeat(65))
                        .header("X-Request-Id"))
                .hasSize(36);
    }

    @Test
    void explainsProblems() throws IOException {
        var response = http.request("GET", "/problems/queue-full");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"type\":\"/problems/queue-full\",\"code\":\"queue-full\",\"status\":429,"
                        + "\"title\":\"The queue is full\","
                        + "\"remedy\":\"Send it again after the seconds that Retry-After gives.\"}");
    }

    @Test
    void writesRecordsInTheirOrder() throws IOException {
        assertThat(http.request("GET", "/routes/body").body())
                .isEqualTo("{\"name\":\"b\",\"ci95\":null,\"at\":\"2026-01-01T12:00:00.100000Z\",\"colour\":\"RED\"}");
    }

    @Test
    void describesItself() throws IOException {
        var api = http.request("GET", "/v3/api-docs");
        var page = http.request("GET", "/swagger-ui");

        assertThat(api.status()).isEqualTo(200);
        assertThat(api.body()).contains("\"/routes/body\"", "application/problem+json", "#/components/schemas/Problem");
        assertThat(page.status()).isEqualTo(302);
        assertThat(http.request("GET", page.header("Location")).status()).isEqualTo(200);
    }
}
