package dyno.engine.marc;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.marc.MarcWorkload.Normalization;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.marc4j.converter.impl.AnselToUnicode;

class Marc8DecoderTest {

    private final Marc8Decoder decoder = new Marc8Decoder(Normalization.NFC);

    @ParameterizedTest
    @CsvSource({
        "436166E265, Caf\u00e9",
        "E875A4B5, \u00fc\u00de\u00e6",
        "1B24312130211B2842, \u4e00",
        "1B67611B73201B62321B73201B70331B73, \u03b1 \u2082 \u00b3",
        "C7C8A1B1, \u00df\u20ac\u0141\u0142",
        "1B2924312130, 'x'",
        "1B2931A1B0A1, 'x'",
    })
    void decodesKnownVectors(String hex, String expected) {
        if (expected.equals("x")) {
            decode(hex);
            assertThat(decoder.firstInvalid()).isNotNegative();
            return;
        }
        assertThat(decode(hex)).isEqualTo(expected);
        assertThat(decoder.firstInvalid()).isEqualTo(-1);
    }

    @Test
    void putsTriplesInEitherHalf() {
        assertThat(decode("1B242931A1B0A1")).isEqualTo("\u4e00");
        assertThat(decode("1B242C3121302120" + "1B2842" + "61")).isEqualTo("\u4e00 a");
    }

    @Test
    void readsControlCharactersOfItsOwn() {
        assertThat(decode("88898D8E")).isEqualTo("\u0098\u009c\u200d\u200c");
    }

    @ParameterizedTest
    @CsvSource({
        "6181, 1, a\uFFFD",
        "1B, 0, \uFFFD",
        "1B2858, 0, \uFFFD(X",
        "1B24312130, 3, \uFFFD",
        "61E2, 1, \u00e1",
        "E20961, 0, '\u0301\ta'",
        "FF, 0, \uFFFD",
    })
    void namesTheFirstByteThatIsNone(String hex, int offset, String expected) {
        assertThat(decode(hex)).isEqualTo(expected);
        assertThat(decoder.firstInvalid()).isEqualTo(offset);
    }

    @Test
    void leavesMarksApartWithoutNormalization() {
        byte[] bytes = HexFormat.of().parseHex("E265");

        assertThat(new Marc8Decoder(Normalization.NONE).decode(bytes, 0, 2)).hasToString("e\u0301");
    }

    @Test
    void agreesWithThePeerOnWhatBothCanRead() {
        var random = new Random(5);
        var peer = new AnselToUnicode();
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = randomText(random);
            String ours = decoder.decode(bytes, 0, bytes.length).toString();
            var chars = new char[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                chars[i] = (char) (bytes[i] & 0xFF);
            }
            String peers = Normalizer.normalize(peer.convert(chars), Normalizer.Form.NFC);

            assertThat(ours).as(HexFormat.of().formatHex(bytes)).isEqualTo(peers);
        }
    }

    /// Letters, letters with one or two marks, and special words: nothing that either calls invalid.
    private static byte[] randomText(Random random) {
        var text = new java.io.ByteArrayOutputStream();
        for (int left = 1 + random.nextInt(12); left > 0; left--) {
            switch (random.nextInt(4)) {
                case 0 -> text.write('a' + random.nextInt(26));
                case 1 -> {
                    text.write(0xE0 + random.nextInt(11));
                    text.write("aeiou".charAt(random.nextInt(5)));
                }
                case 2 -> {
                    text.write(0xF2);
                    text.write(0xE3);
                    text.write("aeo".charAt(random.nextInt(3)));
                }
                default -> text.writeBytes(Words.SPECIAL_MARC8[random.nextInt(Words.SPECIAL_MARC8.length)]);
            }
        }
        return text.toByteArray();
    }

    private String decode(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return decoder.decode(bytes, 0, bytes.length).toString();
    }
}
