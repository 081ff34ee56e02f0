package dyno.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

    @ParameterizedTest
    @CsvSource({
        // In Berlin 02:00 to 03:00 is not there on 29 March and comes twice on 25 October 2026.
        "30 2 * * *, Europe/Berlin, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:30:00Z",
        "0 2 * * *, Europe/Berlin, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:00:00Z",
        "0 3 * * *, Europe/Berlin, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z, 2026-03-30T01:00:00Z",
        "30 2 * * *, Europe/Berlin, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
        "0 3 * * *, Europe/Berlin, 2026-10-24T12:00:00Z, 2026-10-25T02:00:00Z, 2026-10-26T02:00:00Z",
        // In New York the same hour of 8 March and, from 01:00 to 02:00, of 1 November.
        "30 2 * * *, America/New_York, 2026-03-08T00:00:00Z, 2026-03-08T07:00:00Z, 2026-03-09T06:30:00Z",
        "30 1 * * *, America/New_York, 2026-10-31T12:00:00Z, 2026-11-01T05:30:00Z, 2026-11-02T06:30:00Z",
        "0 2 * * *, America/New_York, 2026-10-31T12:00:00Z, 2026-11-01T07:00:00Z, 2026-11-02T07:00:00Z",
        "0 2 * * *, UTC, 2026-10-24T12:00:00Z, 2026-10-25T02:00:00Z, 2026-10-26T02:00:00Z",
        "15 0 2 * * *, UTC, 2026-10-25T02:00:15Z, 2026-10-26T02:00:15Z, 2026-10-27T02:00:15Z",
    })
    void firesOnceForEachTimeOnTheWall(String line, String zone, Instant from, Instant first, Instant second) {
        var cron = Cron.of(line, ZoneId.of(zone));

        assertThat(cron.next(from)).hasValue(first);
        assertThat(cron.next(first)).hasValue(second);
    }

    /// The plain reference goes over the minutes of the wall, one by one.
    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"})
    void agreesWithThePlainReferenceOverAWholeYear(String zone) {
        var random = new Random(7);
        for (int i = 0; i < 6; i++) {
            int minute = random.nextInt(60);
            int hour = random.nextInt(4);
            var cron = Cron.of("%d %d * * *".formatted(minute, hour), ZoneId.of(zone));
            var at = Instant.parse("2026-01-01T00:00:00Z");
            for (var intended : intended(hour, minute, ZoneId.of(zone), at)) {
                at = cron.next(at).orElseThrow();
                assertThat(at).isEqualTo(intended);
            }
        }
    }

    private static List<Instant> intended(int hour, int minute, ZoneId zone, Instant after) {
        var all = new ArrayList<Instant>();
        for (var day = LocalDate.of(2025, 12, 31); day.getYear() < 2027; day = day.plusDays(1)) {
            var wall = day.atTime(hour, minute);
            while (zone.getRules().getValidOffsets(wall).isEmpty()) {
                wall = wall.plusMinutes(1);
            }
            var instant = wall.atOffset(zone.getRules().getValidOffsets(wall).getFirst())
                    .toInstant();
            if (instant.isAfter(after)) {
                all.add(instant);
            }
        }
        return all;
    }

    @Test
    void isSilentInTheSecondComingOfADoubledHour() {
        var cron = Cron.of("*/10 * * * *", ZoneId.of("Europe/Berlin"));

        assertThat(cron.next(Instant.parse("2026-10-25T00:50:00Z"))).hasValue(Instant.parse("2026-10-25T02:00:00Z"));
        assertThat(cron.next(Instant.parse("2026-10-25T01:25:00Z"))).hasValue(Instant.parse("2026-10-25T02:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "*/5 * * * * *, 2026-01-01T00:00:00Z, 2026-03-01T00:00:03Z, 2026-03-01T00:00:00Z",
        "0 2 * * *, 2026-01-01T02:00:00Z, 2026-03-01T01:59:59Z, 2026-02-28T02:00:00Z",
        "0 2 * * *, 2026-01-01T02:00:00Z, 2026-01-01T02:00:01Z, 2026-01-01T02:00:00Z",
        "0 0 29 2 *, 2024-02-29T00:00:00Z, 2031-05-01T00:00:00Z, 2028-02-29T00:00:00Z",
    })
    void findsTheLastTimeBeforeNow(String line, Instant due, Instant now, Instant latest) {
        assertThat(Cron.of(line, ZoneId.of("UTC")).latest(due, now)).isEqualTo(latest);
    }

    @Test
    void findsTheSameLastTimeAsWalkingThere() {
        var random = new Random(3);
        var cron = Cron.of("0 */7 3,15 * * MON-FRI", ZoneId.of("Europe/Berlin"));
        for (int i = 0; i < 50; i++) {
            var due = cron.next(LocalDateTime.of(2026, 1, 1, 0, 0)
                            .atZone(ZoneId.of("UTC"))
                            .toInstant()
                            .plusSeconds(random.nextInt(8_000_000)))
                    .orElseThrow();
            var now = due.plus(Duration.ofSeconds(random.nextInt(500_000)));
            var walked = due;
            for (var next = cron.next(due).orElseThrow();
                    !next.isAfter(now);
                    next = cron.next(next).orElseThrow()) {
                walked = next;
            }

            assertThat(cron.latest(due, now)).isEqualTo(walked);
        }
    }

    @Test
    void knowsThatSomeDaysNeverCome() {
        assertThat(Cron.of("0 0 31 2 *", ZoneId.of("UTC")).next(Instant.parse("2026-01-01T00:00:00Z")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@daily", "* * * *", "61 * * * *", "0 0 0 0 0 0 0", "a b c d e"})
    void refusesWhatIsNoCronLine(String line) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Cron.of(line, ZoneId.of("UTC")));
    }
}
