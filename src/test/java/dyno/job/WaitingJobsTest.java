package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingJobsTest {

    private final Map<Integer, Long> table = new HashMap<>();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private int counted;
    private final WaitingJobs waiting = new WaitingJobs(
            () -> {
                counted++;
                return table;
            },
            () -> now);

    @Test
    void countsOnceForManySubmissions() {
        table.put(50, 3L);
        for (int i = 0; i < 5; i++) {
            assertThat(waiting.atMost(100)).isEqualTo(3 + i);
            waiting.add(50);
        }

        assertThat(counted).isEqualTo(1);
    }

    @Test
    void countsAnewAfterAWhile() {
        waiting.atMost(100);
        waiting.add(50);
        table.put(50, 7L);
        now = now.plusMillis(251);

        assertThat(waiting.atMost(100)).isEqualTo(7);
    }

    @Test
    void countsAnewWhenTheClockIsSetBack() {
        waiting.atMost(100);
        table.put(50, 7L);
        now = now.minusSeconds(3_600);

        assertThat(waiting.atMost(100)).isEqualTo(7);
    }

    @Test
    void refusesNobodyForAnOldCount() {
        table.put(50, 10L);
        assertThat(waiting.atMost(10)).isEqualTo(10);
        table.put(50, 9L);

        assertThat(waiting.atMost(10)).isEqualTo(9);
    }

    @Test
    void knowsHowManyGoFirst() {
        table.put(10, 5L);
        table.put(50, 3L);
        waiting.atMost(100);
        waiting.add(90);

        assertThat(waiting.ofPriority(50)).isEqualTo(4);
        assertThat(waiting.ofPriority(91)).isZero();
        assertThat(waiting.ofPriority(0)).isEqualTo(9);
    }
}
