package dyno.web;

import static dyno.web.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebSliceTest
class TomcatRefusalsIT {

    private static final String JSON = "Content-Type: application/json";
    private static final int MIB = 1 << 20;

    private final RawHttp http;

    TomcatRefusalsIT(@LocalServerPort int port) {
        this.http = new RawHttp(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n\r\n",
                "G<E>T / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /routes/<script> HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /routes/{a} HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /routes/body?a=\"b\" HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /routes/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /routes/%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /routes/a%2Fb HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /routes/body HTTP/1.1\r\n\r\n",
                "GET /routes/body HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /routes/body HTTP/1.1\r\nHost: local host\r\n\r\n",
                "GET /routes/body HTTP/7.0\r\nHost: localhost\r\n\r\n",
                "GET /routes/body NOT/1.1\r\nHost: localhost\r\n\r\n",
                "GET /routes/body HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\nConnection: close\r\n\r\n",
                "POST /routes/tree HTTP/1.1\r\nHost: localhost\r\nContent-Length: abc\r\n\r\n",
                "POST /routes/tree HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /routes/tree HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "POST /routes/tree HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: garbage\r\n\r\n",
                "POST /routes/tree HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, gzip\r\n\r\n"
            })
    void answersBrokenHttpAsProblems(String request) throws IOException {
        var problem = assertProblem(http.send(request), ProblemCode.INVALID_REQUEST);

        assertThat(problem.get("detail")).isEqualTo("The request is not valid HTTP/1.1");
    }

    @Test
    void refusesHeadersThatAreTooLarge() throws IOException {
        assertProblem(
                http.request("GET", "/routes/body", "X-Large: " + "x".repeat(20_000)), ProblemCode.HEADERS_TOO_LARGE);
    }

    @Test
    void refusesAddressesThatAreTooLong() throws IOException {
        assertProblem(http.request("GET", "/routes/" + "x".repeat(20_000)), ProblemCode.URI_TOO_LONG);
    }

    @Test
    void refusesToTrace() throws IOException {
        assertProblem(http.request("TRACE", "/routes/body"), ProblemCode.METHOD_NOT_ALLOWED);
    }

    @Test
    void takesABodyOfOneMebibyte() throws IOException {
        var body = "[\"" + "x".repeat(MIB - 4) + "\"]";

        assertThat(http.post("/routes/tree", body, JSON).status()).isEqualTo(200);
        assertThat(http.send(chunked("/routes/tree", body)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {MIB + 1, 8 * MIB})
    void refusesBodiesBeyondOneMebibyte(int bytes) throws IOException {
        var body = "[\"" + "x".repeat(bytes - 4) + "\"]";

        assertProblem(http.post("/routes/tree", body, JSON), ProblemCode.TOO_LARGE);
        assertProblem(http.post("/routes/record", body, JSON), ProblemCode.TOO_LARGE);
        assertProblem(http.send(chunked("/routes/tree", body)), ProblemCode.TOO_LARGE);
    }

    @Test
    void letsHandlersLiftTheLimit() throws IOException {
        var response = http.post("/routes/length", "x".repeat(3 * MIB), "Content-Type: application/octet-stream");

        assertThat(response.body()).isEqualTo("{\"bytes\":" + 3 * MIB + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\":1,\"a\":2}", "[1] 2", "nul"})
    void saysWhatIsWrongWithJson(String body) throws IOException {
        assertProblem(http.post("/routes/tree", body, JSON), ProblemCode.MALFORMED_JSON);
        assertProblem(http.post("/routes/record", body, JSON), ProblemCode.MALFORMED_JSON);
    }

    @Test
    void refusesBodiesThatStopArriving() throws IOException {
        var started = RawHttp.head("POST", "/routes/tree", JSON, "Content-Length: 100") + "\r\n{\"a\":";

        assertProblem(http.send(started), ProblemCode.REQUEST_TIMEOUT);
        assertProblem(http.send(started.replace("/tree", "/length")), ProblemCode.REQUEST_TIMEOUT);
    }

    @Test
    void answersABrokenChunkAsAProblem() throws IOException {
        var request =
                RawHttp.head("POST", "/routes/tree", JSON, "Transfer-Encoding: chunked") + "\r\nzz\r\n{}\r\n0\r\n\r\n";

        assertProblem(http.send(request), ProblemCode.INVALID_REQUEST);
    }

    private static String chunked(String target, String body) {
        var request =
                new StringBuilder(RawHttp.head("POST", target, JSON, "Transfer-Encoding: chunked")).append("\r\n");
        int chunk = 64 << 10;
        for (int from = 0; from < body.length(); from += chunk) {
            int to = Math.min(body.length(), from + chunk);
            request.append(Integer.toHexString(to - from))
                    .append("\r\n")
                    .append(body, from, to)
                    .append("\r\n");
        }
        return request.append("0\r\n\r\n").toString();
    }
}
