package dyno.engine.etl;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonScannerTest {

    private static final JsonMapper JACKSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(JsonScanner.MAX_DEPTH)
                            .build())
                    .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonScanner scanner = new JsonScanner();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {\"a\" : [ ] , \"b\":{}}\r",
                "{\"id\":-0.5e+10,\"t\":[true,false,null,0,10,\"é€😀\\u00e9\\n\\\"\\/\"]}",
                "{\"a\":[[],[[1],{\"b\":[{}]}]]}"
            })
    void takesOneObject(String json) {
        assertThat(check(json.getBytes(UTF_8))).isEqualTo(JsonScanner.FINE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''             | 0
                    []             | 0
                    12             | 0
                    {              | 1
                    {}{}           | 2
                    {} x           | 3
                    {"a"}          | 4
                    {"a":}         | 5
                    {"a":1,}       | 7
                    {"a":01}       | 6
                    {"a":-}        | 6
                    {"a":1.}       | 7
                    {"a":1e}       | 7
                    {"a":[1 2]}    | 8
                    {"a":[1,]}     | 8
                    {"a":[1}       | 7
                    {"a":tru}      | 8
                    {"a":"\\x"}    | 7
                    {"a":"\\u12g4"}| 10
                    {a:1}          | 1
                    {"a":"b        | 7
                    {"a":NaN}      | 5
                    """)
    void namesTheByteThatIsWrong(String json, int at) {
        assertThat(check(json.getBytes(UTF_8))).isEqualTo(at);
    }

    @Test
    void refusesWhatIsNoUtf8() {
        for (var bad :
                new String[] {"\u0080", "\u00c0\u0080", "\u00c3", "\u00ed\u00a0\u0080", "\u00f4\u0090\u0080\u0080"}) {
            assertThat(check(("{\"a\":\"" + bad + "\"}").getBytes(ISO_8859_1)))
                    .as(bad)
                    .isEqualTo(6);
        }
        assertThat(check("{\"a\":\"\n\"}".getBytes(UTF_8))).isEqualTo(6);
    }

    @Test
    void goesNoDeeperThanItSays() {
        var deepest = "{\"a\":" + "[".repeat(JsonScanner.MAX_DEPTH - 1) + "]".repeat(JsonScanner.MAX_DEPTH - 1) + "}";
        assertThat(check(deepest.getBytes(UTF_8))).isEqualTo(JsonScanner.FINE);
        assertThat(check(deepest.replace("[]", "[[]]").getBytes(UTF_8))).isEqualTo(4 + JsonScanner.MAX_DEPTH);
    }

    @Test
    void looksAtItsRangeAlone() {
        var bytes = "xx{}yy".getBytes(UTF_8);
        assertThat(scanner.check(bytes, 2, 4)).isEqualTo(JsonScanner.FINE);
        assertThat(scanner.check(bytes, 2, 3)).isEqualTo(3);
    }

    @Test
    void agreesWithAParserOnWhatWasDamaged() {
        var random = new Random(42);
        var whole =
                "{\"id\":17,\"name\":\"né€😀\\n\\u0041\",\"list\":[1.5e-3,true,null,{\"k\":\"v\"},[]],\"o\":{\"x\":-0}}"
                        .getBytes(UTF_8);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            var damaged = whole.clone();
            for (int times = random.nextInt(3); times >= 0; times--) {
                damaged[random.nextInt(damaged.length)] =
                        random.nextBoolean() ? (byte) random.nextInt(256) : whole[random.nextInt(whole.length)];
            }
            boolean isFine = check(damaged) == JsonScanner.FINE;
            assertThat(isFine).as(new String(damaged, ISO_8859_1)).isEqualTo(isObject(damaged));
            refused += isFine ? 0 : 1;
        }
        assertThat(refused).isBetween(5_000, 19_500);
    }

    private static boolean isObject(byte[] bytes) {
        try {
            UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes));
            var text = new String(bytes, UTF_8);
            return !text.contains("\0") && JACKSON.readTree(text).isObject();
        } catch (CharacterCodingException | JacksonException e) {
            return false;
        }
    }

    private int check(byte[] bytes) {
        return scanner.check(bytes, 0, bytes.length);
    }
}
