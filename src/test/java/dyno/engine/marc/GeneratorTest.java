package dyno.engine.marc;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.Cancellation;
import dyno.engine.marc.MarcWorkload.Encoding;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.Generate;
import dyno.engine.marc.MarcWorkload.Normalization;
import dyno.engine.marc.MarcWorkload.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratorTest {

    @ParameterizedTest
    @CsvSource({
        "1000, TINY, 0, UTF8, 246482, 2c7dd3d591118886bb75c5509194300a50766821eda71d1f3ac5fc7a0349310b",
        "10000, TINY, 0, UTF8, 2474626, 3abed4e182f947518c1604b30c513ea945efb0979dfc736866a57794ff0515f9",
        "2000, REALISTIC, 0, UTF8, 2386099, 2d127ad90935d15763227a34e526be828bc251e1ee5bcd7d635e0b31a327f878",
        "2000, REALISTIC, 0, MARC8, 2390560, da436cca6a4940f99450bdd1f8b294580ed3bda97fd384f0762caa0f9fe8f7a0",
        "10000, TINY, 0.02, UTF8, 2474654, b213ef754ba7eac50b5f054e30628be9281d656dfa7ee3f8970f54da94c03172",
    })
    void makesTheSameBytesOnEveryMachine(
            int records, Shape shape, double ratio, Encoding encoding, int bytes, String sha256) {
        var input = Reading.generate(new Generate(records, shape, ratio, encoding, 42));

        assertThat(input).hasSize(bytes);
        assertThat(Digests.hex(Digests.sha256().digest(input))).isEqualTo(sha256);
    }

    @Test
    void makesTheSameBytesWhateverTheNumberOfThreads(@TempDir Path folder) throws Exception {
        var generate = new Generate(20_000, Shape.TINY, 0.02, Encoding.UTF8, 7);
        var expected = Reading.generate(generate);
        for (int threads : new int[] {1, 3}) {
            try (var workers = new Workers(threads, Cancellation.NONE)) {
                var input = new GeneratedInput(generate, workers);
                var path = folder.resolve("made-" + threads);
                input.writeTo(path);

                assertThat(input.inMemory()).isEqualTo(expected);
                assertThat(Files.readAllBytes(path)).isEqualTo(expected);
            }
        }
    }

    @Test
    void makesAnyRecordAlone() {
        var all = Reading.generate(Shape.TINY, 10_000);
        var alone = Output.keeping();

        new Generator(new Generate(10_000, Shape.TINY, 0, Encoding.UTF8, 42)).append(9_999, alone);

        assertThat(alone.size).isEqualTo(283);
        assertThat(Arrays.copyOf(alone.bytes, alone.size))
                .isEqualTo(Arrays.copyOfRange(all, 2_474_343, 2_474_343 + 283));
    }

    @Test
    void writesEverySpecialWordOfMarc8AsItsUnicodeTwin() {
        var decoder = new Marc8Decoder(Normalization.NFC);

        assertThat(Words.SPECIAL_MARC8.length).isEqualTo(Words.SPECIAL_UTF8.length);
        for (int i = 0; i < Words.SPECIAL_MARC8.length; i++) {
            byte[] marc8 = Words.SPECIAL_MARC8[i];
            assertThat(decoder.decode(marc8, 0, marc8.length))
                    .hasToString(new String(Words.SPECIAL_UTF8[i], java.nio.charset.StandardCharsets.UTF_8));
            assertThat(decoder.firstInvalid()).isEqualTo(-1);
        }
    }

    @Test
    void damagesOnlyWhatTheRatioSays() {
        var clean = Reading.read(Reading.generate(Shape.TINY, 2_000), new WalkConsumer(), ErrorMode.LENIENT);
        var all = Reading.read(
                Reading.generate(new Generate(2_000, Shape.TINY, 1.0, Encoding.UTF8, 42)),
                Reading.json(),
                ErrorMode.SKIP);

        assertThat(clean.errors()).isEmpty();
        // Padding costs no record: about one in twelve has only that.
        assertThat(all.totals().records).isBetween(100L, 250L);
        assertThat(all.totals().dropped).isEqualTo(2_000 - all.totals().records);
    }
}
