package dyno.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.support.SettableClock;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulesFileTest {

    @Test
    void shipsTheNightly() {
        var file = SchedulesFile.read("", Path.of("")).orElseThrow();

        var nightly = reader().read(file.trees().getFirst(), null);

        assertThat(file.trees()).hasSize(1);
        assertThat(nightly.name()).isEqualTo("nightly");
        assertThat(nightly.suite()).isEqualTo("nightly");
        assertThat(nightly.times().next(new SettableClock().instant()))
                .hasValue(java.time.Instant.parse("2026-01-02T02:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "^nightly: 1^                                              | 1 | has to be a list",
                "^- name: a\n  cron: x^                                    | 2 | no cron line",
                "^- name: a\n  cron: 0 2 * * *\n  zone: Mars^              | 3 | no time zone",
                "^- {name: a, cron: 0 2 * * *, suite: s}\n- name: B\n  cron: 0 2 * * *\n  suite: s^ | 2 | 'name' does not match",
            })
    void namesFileLineAndReasonOfWhatIsWrong(String text, int line, String reason) {
        assertThatExceptionOfType(SuiteFileException.class)
                .isThrownBy(() -> check(SchedulesFile.of("schedules.yml", text)))
                .withMessageStartingWith("schedules.yml, line %d: ".formatted(line))
                .withMessageContaining(reason);
    }

    @Test
    void refusesAFileThatIsNamedAndNotThere() {
        assertThatExceptionOfType(SuiteFileException.class)
                .isThrownBy(() -> SchedulesFile.read("nowhere.yml", Path.of("")))
                .withMessage("nowhere.yml: dyno.schedules names a file that is not there");
    }

    private static void check(SchedulesFile file) {
        ScheduleFileLoader.load(file, tree -> reader().read(tree, null));
    }

    private static ScheduleReader reader() {
        return new ScheduleReader(suite -> List.of(suite), job -> {});
    }
}
