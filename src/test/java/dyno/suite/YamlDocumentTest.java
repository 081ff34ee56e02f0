package dyno.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlDocumentTest {

    @Test
    void readsTheTreeThatJsonWouldGive() {
        var tree = new YamlDocument("s.yml", """
                        text: legacy
                        quoted: "7"
                        integer: 4294967296
                        small: 7
                        huge: 99999999999999999999
                        number: 1.5
                        yes: true
                        nothing: null
                        list: [1, two, {a: b}]
                        """.replace("yes:", "'yes':")).tree();

        assertThat(tree)
                .isInstanceOf(Map.class)
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("text", "legacy")
                .containsEntry("quoted", "7")
                .containsEntry("integer", 4_294_967_296L)
                .containsEntry("small", 7L)
                .containsEntry("huge", new BigInteger("99999999999999999999"))
                .containsEntry("number", 1.5)
                .containsEntry("yes", true)
                .containsEntry("nothing", null)
                .containsEntry("list", Arrays.asList(1L, "two", Map.of("a", "b")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a: 1\nb: [1, 2'          | 2",
                "'a: 1\na: 2'              | 2",
                "'a: 1\nb: 2026-11-21'     | 2",
                "'a: 1\nb: !!binary aGk='  | 2",
                "'a: 1\nb: !!java.net.URL [x]' | 2",
                "'a: 1\n1: 2'              | 2",
                "'a: 1\nb: *none'          | 2",
                "'a: 1\n---\nb: 2'         | 2",
            })
    void namesTheLineOfWhatIsNoJson(String text, int line) {
        assertThatExceptionOfType(SuiteFileException.class)
                .isThrownBy(() -> new YamlDocument("config/suites/s.yml", text))
                .withMessageStartingWith("config/suites/s.yml, line %d: ".formatted(line));
    }

    @Test
    void rejectsAnEmptyFile() {
        assertThatExceptionOfType(SuiteFileException.class)
                .isThrownBy(() -> new YamlDocument("s.yml", "# nothing\n"))
                .withMessage("s.yml: the file is empty");
    }

    @Test
    void rejectsMapsWithinThemselves() {
        assertThatExceptionOfType(SuiteFileException.class)
                .isThrownBy(() -> new YamlDocument("s.yml", "a: &again\n  b: *again\n"))
                .withMessageContaining("nested deeper than 32 levels");
    }

    @Test
    void rejectsMoreLevelsThanABodyMayHave() {
        assertThatExceptionOfType(SuiteFileException.class)
                .isThrownBy(() -> new YamlDocument("s.yml", "[".repeat(40) + "]".repeat(40)));
    }

    @Test
    void findsTheLineOfAPlaceOrOfTheNearestAroundIt() {
        var document = new YamlDocument("s.yml", "jobs:\n  - name: a\n    workload:\n      x: 1\n  - name: b\n");

        assertThat(document.fault("/jobs/0/workload/x", "r")).hasMessage("s.yml, line 4: r");
        assertThat(document.fault("/jobs/0/workload/y/z", "r")).hasMessage("s.yml, line 4: r");
        assertThat(document.fault("/jobs/1/name", "r")).hasMessage("s.yml, line 5: r");
        assertThat(document.fault("/elsewhere", "r")).hasMessage("s.yml, line 1: r");
    }
}
