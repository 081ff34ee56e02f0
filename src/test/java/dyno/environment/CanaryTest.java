package dyno.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CanaryTest {

    private final AtomicLong nanos = new AtomicLong();

    /// Computed from the recurrence by another program: whoever changes the work sees this fail.
    @Test
    void alwaysDoesTheSameWork() {
        assertThat(new Canary(nanos::get).pass()).isEqualTo(Canary.RESULT).isEqualTo(0xA9E80374BCD20E1BL);
    }

    @Test
    void scoresTheMedianPassAndItsDistanceFromTheFastest() {
        var readings = new AtomicInteger();
        // Passes of 1, 2, … 7 ms: every second reading ends one.
        var canary = new Canary(() -> {
            int reading = readings.getAndIncrement();
            return reading % 2 == 0 ? nanos.get() : nanos.addAndGet((reading / 2 + 1) * 1_000_000L);
        });

        var song = canary.sing(() -> {});

        assertThat(song.score()).isEqualTo(Canary.STEPS / 0.004);
        assertThat(song.spread()).isEqualTo(3.0);
    }

    @Test
    void looksAroundAfterEachTimedPass() {
        var looks = new AtomicInteger();

        new Canary(() -> nanos.addAndGet(1_000)).sing(looks::incrementAndGet);

        assertThat(looks).hasValue(7);
    }
}
