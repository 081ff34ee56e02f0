package dyno.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/// Checks that an answer is a whole problem.
final class ProblemAssert {

    private ProblemAssert() {}

    static Map<?, ?> assertProblem(RawHttp.Response response, ProblemCode code) {
        assertThat(response.status()).as(response.body()).isEqualTo(code.status());
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        var problem = (Map<?, ?>) StrictJson.parse(response.body().getBytes(UTF_8));
        assertThat(problem).isNotNull();
        assertThat(problem.get("type")).isEqualTo("/problems/" + code.code());
        assertThat(problem.get("title")).isEqualTo(code.title());
        assertThat(problem.get("status")).isEqualTo((long) code.status());
        assertThat(problem.get("code")).isEqualTo(code.code());
        assertThat(problem.get("detail")).asString().isNotBlank();
        assertThat(problem.get("requestId")).asString().isNotBlank().isEqualTo(response.header("X-Request-Id"));
        assertThat(response.body()).doesNotContain("secret", "Exception", "springframework", "jackson", "\tat ");
        return problem;
    }
}
