package dyno.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class LargeBodiesTest {

    private static final long LARGE = LargeBodies.SMALL_BYTES + 1;

    @Test
    void refusesALargeBodyThatFindsNoRoom() {
        var bodies = new LargeBodies(2, Duration.ZERO);
        bodies.guest().arrived(LARGE);
        bodies.guest().arrived(LARGE);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> bodies.guest().arrived(LARGE))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.RATE_LIMITED))
                .satisfies(e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
    }

    @Test
    void neverHasASmallBodyWait() {
        var bodies = new LargeBodies(1, Duration.ZERO);
        bodies.guest().arrived(LARGE);

        assertThatNoException().isThrownBy(() -> bodies.guest().arrived(LargeBodies.SMALL_BYTES));
    }

    @Test
    void takesRoomOnceHoweverOftenSomethingArrives() {
        var bodies = new LargeBodies(2, Duration.ZERO);
        var guest = bodies.guest();
        guest.arrived(LARGE);
        guest.arrived(LARGE + 1);

        assertThatNoException().isThrownBy(() -> bodies.guest().arrived(LARGE));
    }

    @Test
    void letsTheNextInWhenOneLeaves() throws Exception {
        var bodies = new LargeBodies(1, Duration.ofMinutes(1));
        var first = bodies.guest();
        first.arrived(LARGE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var next = threads.submit(() -> bodies.guest().arrived(LARGE));
            first.close();

            next.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void givesBackNoMoreRoomThanItTook() {
        var bodies = new LargeBodies(1, Duration.ZERO);
        bodies.guest().close();
        var guest = bodies.guest();
        guest.arrived(LARGE);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> bodies.guest().arrived(LARGE));
        guest.close();
        guest.close();
        bodies.guest().arrived(LARGE);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> bodies.guest().arrived(LARGE));
    }
}
