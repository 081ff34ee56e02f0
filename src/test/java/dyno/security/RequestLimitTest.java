package dyno.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestLimitTest {

    private final AtomicLong nanos = new AtomicLong();
    private final RequestLimit limit = new RequestLimit("key", 2, 5, nanos::get);

    @Test
    void refusesWhatExceedsABurstAndSaysWhenToComeBack() {
        spend(5);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> limit.pass("a"))
                .withMessage("This key may send 2 requests a second, 5 at once")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.RATE_LIMITED))
                .satisfies(e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofMillis(500)));
    }

    @Test
    void letsPassAgainAsTimePasses() {
        spend(5);
        nanos.addAndGet(Duration.ofMillis(500).toNanos());

        assertThatCode(() -> limit.pass("a")).doesNotThrowAnyException();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> limit.pass("a"));
    }

    @Test
    void holdsNobodyToWhatOthersDo() {
        spend(5);

        assertThatCode(() -> limit.pass("b")).doesNotThrowAnyException();
    }

    @Test
    void remembersABoundedNumberOfAskersAndForgetsTheOneThatWasQuietLongest() {
        spend(5);
        for (int i = 0; i < RequestLimit.MAX_ASKERS; i++) {
            limit.pass("asker-" + i);
        }

        assertThat(limit.askers()).isEqualTo(RequestLimit.MAX_ASKERS);
        assertThatCode(() -> limit.pass("a")).doesNotThrowAnyException();
    }

    @Test
    void takesANetworkOfIpv6ForOneAsker() {
        assertThat(Asker.of("2001:db8:1:2:3:4:5:6")).isEqualTo(Asker.of("2001:db8:1:2::1"));
        assertThat(Asker.of("2001:db8:1:3::1")).isNotEqualTo(Asker.of("2001:db8:1:2::1"));
        assertThat(Asker.of("127.0.0.1")).isEqualTo("127.0.0.1");
    }

    private void spend(int requests) {
        for (int i = 0; i < requests; i++) {
            limit.pass("a");
        }
    }
}
