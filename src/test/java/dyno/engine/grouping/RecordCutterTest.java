package dyno.engine.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCutterTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 400})
    void takesAsManyRowsAsFit(int nullEvery) {
        var random = new Random(nullEvery);
        for (int limit : new int[] {1_024, 1_100, 2_000, 5_000, 65_536}) {
            int count = 300 + limit / 20 + random.nextInt(300);
            var probe = Rows.random(random, count, nullEvery);
            int[] order = Rows.shuffledOrder(random, count);

            var ends = cut(probe, order, limit);

            assertThat(ends.getLast()).isEqualTo(count);
            int from = 0;
            for (int end : ends) {
                assertThat(end).isGreaterThan(from);
                assertThat(end == from + 1 || nestedBytes(probe.part(from, end)) <= limit)
                        .as("%d to %d", from, end)
                        .isTrue();
                if (end < count) {
                    assertThat(nestedBytes(probe.part(from, end + 1))).isGreaterThan(limit);
                }
                from = end;
            }
        }
    }

    @Test
    void leavesOneRowThatIsTooLongByItself() {
        var row = new Rows.Row(1, "x".repeat(2_000), (byte) 4, 1f);
        var probe = new Rows("10.0.0.1", List.of(row, row, row));

        assertThat(cut(probe, new int[] {0, 1, 2}, 1_024)).containsExactly(1, 2, 3);
    }

    @Test
    void forgetsTheNullsOfTheProbeBefore() {
        var cutter = new RecordCutter(1_500);
        var random = new Random(9);
        for (int nullEvery : new int[] {2, 0, 3, 0}) {
            var probe = Rows.random(random, 200, nullEvery);
            int[] order = Rows.shuffledOrder(random, 200);

            assertThat(cut(cutter, probe, order)).isEqualTo(cut(probe, order, 1_500));
        }
    }

    private static List<Integer> cut(Rows probe, int[] order, int limit) {
        return cut(new RecordCutter(limit), probe, order);
    }

    private static List<Integer> cut(RecordCutter cutter, Rows probe, int[] order) {
        int count = probe.rows().size();
        cutter.load(probe.columns(order), order, 0, count, probe.sourceBytes().length);
        var ends = new ArrayList<Integer>();
        for (int from = 0; from < count; ) {
            from = cutter.partEnd(from);
            ends.add(from);
        }
        return ends;
    }

    private static int nestedBytes(Rows part) {
        var encoder = new RecordEncoder();
        int[] order = java.util.stream.IntStream.range(0, part.rows().size()).toArray();
        part.encode(encoder, order);
        return encoder.nestedBytes();
    }
}
