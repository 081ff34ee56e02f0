package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.Shape;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Compares counting records many at a time with looking at each of them.
class CleanWalkTest {

    private final CleanWalk walk = new CleanWalk();

    @Test
    void countsAllOrdinaryRecords() {
        byte[] tiny = Reading.generate(Shape.TINY, 10_000);

        assertThat(walk.walk(tiny, 0, tiny.length, tiny.length, Integer.MAX_VALUE))
                .isEqualTo(tiny.length);
        assertThat(walk.records).isEqualTo(10_000);
        assertThat(walk.fields).isEqualTo(68_667);
        assertThat(walk.tagSum).isEqualTo(226_901_980_496L);
        assertThat(walk.fieldLengthSum).isEqualTo(1_390_622);
    }

    @Test
    void stopsBehindAsManyRecordsAsItMayCountAndBeforeTheOneThatDoesNotBelong() {
        byte[] tiny = Reading.generate(Shape.TINY, 20);
        int second = Bytes.number(tiny, 0, 5);
        int third = second + Bytes.number(tiny, second, 5);

        assertThat(walk.walk(tiny, 0, tiny.length, tiny.length, 2)).isEqualTo(third);
        assertThat(walk.walk(tiny, 0, second + 1, tiny.length, 20)).isEqualTo(third);
        assertThat(walk.walk(tiny, 0, second, tiny.length, 20)).isEqualTo(second);
        assertThat(walk.walk(tiny, 0, tiny.length, third - 1, 20)).isEqualTo(second);
        assertThat(walk.records).isEqualTo(1);
    }

    @Test
    void stopsBeforeRecordsThatItDoesNotKnow() {
        for (String strange : List.of(
                new Sample().end(),
                new Sample().field("001", "").end(),
                new Sample().field("245", "10").end(),
                new Sample().field("24x", "10\u001fa").end(),
                new Sample().field("245", "10\u001fa").field("001", "abc").end(),
                new Sample()
                        .field("500", "  \u001fa" + "x".repeat(9_990))
                        .field("501", "  \u001fa")
                        .end())) {
            byte[] data = strange.getBytes(ISO_8859_1);

            assertThat(walk.walk(data, 0, data.length, data.length, 1))
                    .as(strange)
                    .isZero();
            assertSame(data);
        }
    }

    @Test
    void neverCountsARecordInWhichAByteOfItsStructureIsWrong() {
        byte[] clean = Reading.generate(Shape.TINY, 2);
        for (int at = 0; at < clean.length; at++) {
            for (int value : new int[] {0x00, 0x1D, 0x1E, 0x1F, '/', '0', '1', '9', ':', 'a', 0x80, 0xB5, 0xFF}) {
                byte[] wrong = clean.clone();
                wrong[at] = (byte) value;
                assertSame(wrong);
            }
        }
    }

    @Test
    void countsDamagedRecordsAsLookingAtEachDoes() {
        assertSame(Reading.damaged());
        compare(3_000, 4);
    }

    @Test
    @Tag("long")
    void countsMuchRandomDamageAsLookingAtEachDoes() {
        compare(60_000, 5);
    }

    private static void compare(int rounds, long seed) {
        byte[] tiny = Reading.generate(Shape.TINY, 12);
        byte[] realistic = Reading.generate(Shape.REALISTIC, 4);
        var mutations = new Mutations(seed);
        for (int round = 0; round < rounds; round++) {
            assertSame(mutations.damaged(round % 3 == 0 ? realistic : tiny));
        }
    }

    /// All of it read both ways, in every mode.
    static void assertSame(byte[] data) {
        for (var mode : ErrorMode.values()) {
            var walked = Reading.read(data, new WalkConsumer(), mode);
            var looked = Reading.read(data, new OneByOne(), mode);

            if (!walked.totals().sameAs(looked.totals()) || !walked.errors().equals(looked.errors())) {
                assertThat(walked.errors()).as(new String(data, ISO_8859_1)).isEqualTo(looked.errors());
                assertThat(walked.totals())
                        .as(new String(data, ISO_8859_1))
                        .hasToString(looked.totals().toString());
            }
            assertThat(walked.stop()).isEqualTo(looked.stop());
        }
    }

    /// Structure only, like READ, but record by record.
    private static final class OneByOne extends RecordConsumer {

        @Override
        boolean looksAtValues() {
            return false;
        }

        @Override
        void accept(RecordView view, long index, Output output, Findings findings) {}
    }
}
