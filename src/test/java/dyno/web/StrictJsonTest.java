package dyno.web;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @Test
    void keepsEveryKindOfValueApart() {
        var tree = parse("""
                {"text": "\\u00fc/\\n", "whole": -9223372036854775808, "big": 9223372036854775808,
                 "fraction": 1.0, "exponent": 1e3, "yes": true, "no": false, "none": null,
                 "list": [1, [], {}], "object": {"b": 1, "a": 2}}
                """);

        assertThat(tree).isInstanceOfSatisfying(Map.class, map -> {
            assertThat(map.keySet().toString())
                    .isEqualTo("[text, whole, big, fraction, exponent, yes, no, none, list, object]");
            assertThat(map.get("text")).isEqualTo("ü/\n");
            assertThat(map.get("whole")).isEqualTo(Long.MIN_VALUE);
            assertThat(map.get("big")).isEqualTo(BigInteger.TWO.pow(63));
            assertThat(map.get("fraction")).isEqualTo(1.0);
            assertThat(map.get("exponent")).isEqualTo(1000.0);
            assertThat(map.get("yes")).isEqualTo(true);
            assertThat(map.get("no")).isEqualTo(false);
            assertThat(map.get("none")).isNull();
            assertThat(map.get("list")).isEqualTo(Arrays.asList(1L, List.of(), Map.of()));
            assertThat(map.get("object").toString()).isEqualTo("{b=1, a=2}");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|The body is empty",
                "`  `|The body is empty",
                "`{\"a\": 1,}`|The body stops being JSON at line 1, column 9",
                "`{\"a\": 1`|The body stops being JSON at line 1, column 8",
                "`[1, 2`|The body stops being JSON at line 1, column 6",
                "`{'a': 1}`|The body stops being JSON at line 1, column 2",
                "`{\"a\": NaN}`|The body stops being JSON at line 1, column",
                "`[01]`|The body stops being JSON at line 1, column",
                "`[1] [2]`|Something follows the value at line 1, column 5",
                "`{\"a\": 1, \"b\": {\"c\": 1, \"c\": 2}}`|The key \"c\" appears twice in one object at line 1, column 24",
                "`// no\n1`|The body stops being JSON at line 1, column"
            })
    void saysWhereABodyStopsBeingJson(String body, String message) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> parse(body))
                .withMessageStartingWith(message)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.MALFORMED_JSON));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void takes32LevelsAndNoMore(String open) {
        var close = open.equals("[") ? "]" : "}";

        assertThat(parse(open.repeat(31) + "[]" + close.repeat(31))).isNotNull();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> parse(open.repeat(32) + "[]" + close.repeat(32)))
                .withMessageStartingWith("Objects and lists are nested deeper than 32 levels at line 1, column");
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> parse(open.repeat(500_000)));
    }

    @Test
    void rejectsOtherEncodings() {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> StrictJson.parse("[1]".getBytes(UTF_16LE)));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> StrictJson.parse(new byte[] {'"', (byte) 0xC3, '"'}))
                .withMessage("The body is not UTF-8");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> parse("\uFEFF[1]"))
                .withMessageStartingWith("The body stops being JSON");
    }

    @Test
    void rejectsNumbersThatTakeLongToRead() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> parse("[" + "9".repeat(100_000) + "]"))
                .withMessageStartingWith("A number or a name is too long");
    }

    @Test
    void throwsNothingElseForBytesOfAnyKind() {
        var random = new Random(42);
        var alphabet = "{}[]\",:0123456789eE+-.truefalsn\\u \n\u00fc".getBytes(UTF_8);
        int parsed = 0;
        for (int round = 0; round < 50_000; round++) {
            var body = new byte[random.nextInt(12)];
            for (int i = 0; i < body.length; i++) {
                body[i] = alphabet[random.nextInt(alphabet.length)];
            }
            try {
                assertThat(CanonicalJson.of(StrictJson.parse(body))).isNotEmpty();
                parsed++;
            } catch (ProblemException e) {
                assertThat(e.code()).isEqualTo(ProblemCode.MALFORMED_JSON);
                assertThat(e.getMessage()).doesNotContain("jackson", "Stream");
            }
        }
        assertThat(parsed).isPositive();
    }

    private static @Nullable Object parse(String body) {
        return StrictJson.parse(body.getBytes(UTF_8));
    }
}
