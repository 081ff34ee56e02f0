package dyno.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class BodyLimitTest {

    private static final int LARGE = LargeBodies.SMALL_BYTES + 1;

    private final BodyLimit filter = new BodyLimit(() -> 0, new LargeBodies(1, Duration.ZERO));
    private final AtomicInteger read = new AtomicInteger();
    private final FilterChain reads =
            (request, response) -> read.addAndGet(request.getInputStream().readAllBytes().length);

    @Test
    void hasOneLargeBodyWaitForTheOther() throws ServletException, IOException {
        request(LARGE, (request, response) -> {
            reads.doFilter(request, response);
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> request(LARGE, reads))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.RATE_LIMITED));
            request(LargeBodies.SMALL_BYTES, reads);
        });
        request(LARGE, reads);

        assertThat(read).hasValue(LARGE + LargeBodies.SMALL_BYTES + LARGE);
    }

    @Test
    void freesTheRoomOfARequestThatFailed() throws ServletException, IOException {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> request(LARGE, (request, response) -> {
                    reads.doFilter(request, response);
                    throw new IllegalStateException("the controller's own");
                }));
        request(LARGE, reads);

        assertThat(read).hasValue(2 * LARGE);
    }

    private void request(int bytes, FilterChain then) throws ServletException, IOException {
        var request = new MockHttpServletRequest("POST", "/api/v1/jobs");
        request.setContent(new byte[bytes]);
        filter.doFilter(request, new MockHttpServletResponse(), then);
    }
}
