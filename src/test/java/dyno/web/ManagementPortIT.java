package dyno.web;

import static dyno.web.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.PostgresTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The actuator on a port of its own.
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "dyno.worker.enabled=false"})
@PostgresTest
class ManagementPortIT {

    private final RawHttp management;
    private final RawHttp service;

    ManagementPortIT(@LocalManagementPort int management, @LocalServerPort int service) {
        this.management = new RawHttp(management);
        this.service = new RawHttp(service);
    }

    @Test
    void answersThere() throws IOException {
        assertThat(management.request("GET", "/actuator/health/liveness").status())
                .isEqualTo(200);
        assertProblem(service.request("GET", "/actuator/health/liveness"), ProblemCode.NOT_FOUND);
    }

    @Test
    void refusesInProblems() throws IOException {
        assertProblem(management.request("GET", "/nothing"), ProblemCode.NOT_FOUND);
        assertProblem(management.request("DELETE", "/actuator/health"), ProblemCode.METHOD_NOT_ALLOWED);
        assertProblem(management.send("garbage\r\n\r\n"), ProblemCode.INVALID_REQUEST);
        assertProblem(management.request("GET", "/" + "x".repeat(20_000)), ProblemCode.URI_TOO_LONG);
        assertProblem(
                management.request("GET", "/actuator/health", "X-Large: " + "x".repeat(20_000)),
                ProblemCode.HEADERS_TOO_LARGE);
    }
}
