package dyno.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.web.LimitedInput.Bounds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.DelegatingServletInputStream;

class LimitedInputTest {

    private final AtomicLong nanos = new AtomicLong();
    private final List<Long> arrived = new ArrayList<>();

    @Test
    void takesABodyThatArrivesInTime() throws IOException {
        var input = input("body");
        nanos.set(100);

        assertThat(input.readAllBytes()).asString().isEqualTo("body");
    }

    @Test
    void givesUpABodyThatTrickles() throws IOException {
        var input = input("body");
        assertThat(input.read()).isEqualTo('b');
        nanos.set(101);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(input::read)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.REQUEST_TIMEOUT));
    }

    @Test
    void tellsHowMuchHasArrived() throws IOException {
        var input = input("body");
        input.read();
        input.readAllBytes();

        assertThat(arrived).containsExactly(1L, 4L);
    }

    private LimitedInput input(String body) {
        return new LimitedInput(
                new DelegatingServletInputStream(new ByteArrayInputStream(body.getBytes(UTF_8))),
                new Bounds(10, nanos::get, 100),
                -1,
                arrived::add);
    }
}
