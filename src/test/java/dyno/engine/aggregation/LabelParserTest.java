package dyno.engine.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.engine.EngineException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelParserTest {

    private static final List<String> KEYS = List.of("app", "tier", "a", "é\uD83D\uDE00", "\uFFFDz", "a\"b");
    /// What texts are put together from, so that many are nearly right.
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "|",
        "\"",
        "\"app\"",
        "\"tier\"",
        "\"a\"",
        "\"app\":\"x\"",
        "\"a\":1",
        "null",
        "true",
        "1e5",
        "-0",
        "01",
        ".5",
        " ",
        "\t",
        "\\u00e9",
        "\\ud83d\\ude00",
        "\\ud83d",
        "\\n",
        "\\x",
        "label_",
        "app",
        "tier",
        "\"é\uD83D\uDE00\":\"\uFFFDz\"",
        "\u0001",
        "\0",
        "\\u0000",
        "label_app:x",
        "é",
        "\"a\\\"b\":\"\\\"\""
    };

    private final LabelSets sets = new LabelSets(new EnabledKeys(KEYS));
    private final LabelParser parser = new LabelParser(sets);
    private final ReferenceLabels reference = new ReferenceLabels(KEYS);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "label_app:web|label_tier:db; {\"app\":\"web\",\"tier\":\"db\"}",
                "{\"tier\":\"db\",\"app\":\"web\"}; {\"app\":\"web\",\"tier\":\"db\"}",
                "null; {}",
                "{}; {}",
                "{\"app\":\"a|b\"}; {\"app\":\"a|b\"}",
                "{\"label_app\":\"x\"}; {}",
                "label_label_app:x; {}",
                "{\"app\":[1, {\"x\" : null}]}; {\"app\":\"[1,{\\\"x\\\":null}]\"}",
                "{\"app\":null}; {\"app\":\"null\"}"
            })
    void readsWhatTheFormatsSay(String text, String canonical) {
        assertThat(canonical(text)).isEqualTo(canonical);
    }

    @Test
    void sortsKeysByCodePointAndNotByUtf16() {
        assertThat(canonical("{\"\uFFFDz\":\"1\",\"é\uD83D\uDE00\":\"2\"}"))
                .isEqualTo("{\"é\uD83D\uDE00\":\"2\",\"\uFFFDz\":\"1\"}");
    }

    @Test
    void agreesWithJacksonOnRandomTexts() {
        var random = new SplittableRandom(11);
        int wellFormed = 0;
        for (int i = 0; i < 200_000; i++) {
            var text = new StringBuilder(random.nextBoolean() ? "{" : "");
            for (int pieces = random.nextInt(9); pieces > 0; pieces--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            text.append(random.nextBoolean() ? "}" : "");
            var expected = reference.values(text.toString());
            byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);

            int parsed = parser.parse(utf8);

            assertThat((parsed & LabelParser.MALFORMED) != 0)
                    .as(text.toString())
                    .isEqualTo(expected == null);
            if (expected != null) {
                wellFormed++;
                assertThat(DuckLabels.own(parser, sets).values(text.toString()))
                        .as(text.toString())
                        .isEqualTo(expected);
            }
        }
        assertThat(wellFormed).isGreaterThan(20_000);
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        byte[] text = {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '"', '}'};

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> parser.parse(text))
                .withMessageContaining("not UTF-8");
    }

    @Test
    void takesNestingBeyondTheLimitForMalformed() {
        var deep = "{\"app\":" + "[".repeat(501) + "]".repeat(501) + "}";
        var shallow = "{\"app\":" + "[".repeat(500) + "]".repeat(500) + "}";

        assertThat(parser.parse(deep.getBytes(StandardCharsets.UTF_8))).isEqualTo(LabelParser.MALFORMED);
        assertThat(canonical(shallow)).startsWith("{\"app\":\"[[[");
    }

    private String canonical(String text) {
        int parsed = parser.parse(text.getBytes(StandardCharsets.UTF_8));
        return new String(sets.set(parsed >> 1).canonical(), StandardCharsets.UTF_8);
    }
}
