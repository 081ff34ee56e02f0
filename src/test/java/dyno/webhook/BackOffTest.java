package dyno.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackOffTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final BackOff backOff = new BackOff(new Random(3));

    @Test
    void waitsLongerAfterEachFailureAndGivesUpAfterTheSeventh() {
        for (int i = 0; i < 1_000; i++) {
            for (int failures = 1; failures <= 6; failures++) {
                var wait = BackOff.WAITS.get(failures - 1);
                assertThat(backOff.after(failures, null))
                        .hasValueSatisfying(waited -> assertThat(waited).isBetween(wait, wait.plus(wait.dividedBy(4))));
            }
        }
        assertThat(backOff.after(7, null)).isEmpty();
        assertThat(backOff.after(7, Duration.ofSeconds(1))).isEmpty();
    }

    @Test
    void spreadsWhatFailedTogether() {
        var waits = IntStream.range(0, 100)
                .mapToObj(i -> backOff.after(5, null).orElseThrow())
                .distinct();

        assertThat(waits).hasSizeGreaterThan(50);
    }

    @Test
    void waitsAsLongAsTheReceiverAsksForWithinBounds() {
        assertThat(backOff.after(1, Duration.ofMinutes(7))).hasValue(Duration.ofMinutes(7));
        assertThat(backOff.after(1, Duration.ofDays(30))).hasValue(BackOff.LONGEST_WISH);
        assertThat(backOff.after(5, Duration.ofSeconds(1)))
                .hasValueSatisfying(waited -> assertThat(waited).isGreaterThanOrEqualTo(Duration.ofHours(1)));
        assertThat(backOff.after(5, Duration.ofSeconds(-1)))
                .hasValueSatisfying(waited -> assertThat(waited).isGreaterThanOrEqualTo(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @CsvSource({"120, 120", "' 0 ', 0", "'Thu, 01 Jan 2026 12:00:30 GMT', 30", "'Thu, 01 Jan 2026 11:00:00 GMT', -3600"
    })
    void readsSecondsAndDates(String header, long seconds) {
        assertThat(RetryAfter.read(header, NOON)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "99999999999", "2026-01-01T12:00:30Z"})
    void takesWhatItCannotReadForNothing(String header) {
        assertThat(RetryAfter.read(header, NOON)).isNull();
    }
}
