package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.marc.MarcWorkload.CharacterSet;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.Normalization;
import dyno.engine.marc.MarcWorkload.Shape;
import dyno.engine.marc.MarcWorkload.Validation;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Compares the codec with a reader that follows the rules word by word.
class PlainReaderTest {

    private static final ReadSettings SETTINGS =
            new ReadSettings(ErrorMode.LENIENT, Validation.STRUCTURAL, CharacterSet.UTF8, Normalization.NFC);

    @Test
    void agreesOnGeneratedDamage() {
        assertSame(Arrays.copyOf(Reading.damaged(), 600_000));
    }

    @Test
    void agreesOnRandomDamage() {
        compare(400, 1);
    }

    @Test
    @Tag("long")
    void agreesOnMuchRandomDamage() {
        compare(60_000, 2);
    }

    @Test
    void agreesOnBytesThatAreNoRecordsAtAll() {
        var random = new Random(3);
        byte[] pieces = {0x1D, 0x1E, 0x1F, '0', '2', '4', '5', ' ', 'a', 0};
        for (int round = 0; round < 2_000; round++) {
            byte[] data = new byte[random.nextInt(200)];
            for (int i = 0; i < data.length; i++) {
                data[i] = pieces[random.nextInt(pieces.length)];
            }
            assertSame(data);
        }
    }

    private static void compare(int rounds, long seed) {
        byte[] tiny = Reading.generate(Shape.TINY, 12);
        byte[] realistic = Reading.generate(Shape.REALISTIC, 4);
        var mutations = new Mutations(seed);
        for (int round = 0; round < rounds; round++) {
            assertSame(mutations.damaged(round % 3 == 0 ? realistic : tiny));
        }
    }

    private static void assertSame(byte[] data) {
        var plain = new PlainReader(data).read();
        var codec = Reading.read(data, new DumpFormat(), SETTINGS);

        String what = new String(data, 0, Math.min(data.length, 4_000), ISO_8859_1);
        assertThat(Reading.lines(codec.errors()))
                .as(what)
                .isEqualTo(plain.errors().stream().map(line -> line + "\n").collect(Collectors.joining()));
        assertThat(codec.text()).as(what).isEqualTo(plain.dump());
        assertThat(codec.totals().begun).isEqualTo(plain.records());
        assertThat(codec.totals().records + codec.totals().dropped).isEqualTo(plain.records());
    }
}
