package dyno.engine.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DedupPlanTest {

    private static final int MIB = 1 << 20;

    @ParameterizedTest
    @CsvSource({"64,2,32", "64,4,16", "64,1.5,43", "10,3,3", "5,2,3", "5,1000,1", "64,1,64", "1,1,1"})
    void countsDistinctUnitsOfSmallStreamsExactly(int mebibytes, double dedup, int distinct) {
        var plan = DedupPlan.of(Layout.INTERLEAVED, (long) mebibytes * MIB, MIB, dedup);

        assertThat(plan.distinctUnits()).isEqualTo(distinct);
        assertThat(ids(plan).distinct().count()).isEqualTo(distinct);
    }

    @Test
    void reachesThreeOverTenGibibytes() {
        var plan = DedupPlan.of(Layout.INTERLEAVED, 10L << 30, MIB, 3);

        assertThat(plan.units()).isEqualTo(10_240);
        assertThat(plan.distinctUnits()).isEqualTo(3413);
        assertThat(plan.effectiveRatio()).isEqualTo(10240.0 / 3413, within(1e-12));
        assertThat(ids(plan).distinct().count()).isEqualTo(3413);
    }

    @Test
    void keepsRepeatsOfFullWindows64MebibytesApart() {
        int unitBytes = 4096;
        var plan = DedupPlan.of(Layout.INTERLEAVED, 1L << 30, unitBytes, 2);

        assertThat(plan.contentId(0)).isEqualTo(plan.contentId((64L << 20) / unitBytes));
        assertThat(LongStream.rangeClosed(0, (64L << 20) / unitBytes - 1)
                        .map(plan::contentId)
                        .distinct()
                        .count())
                .isEqualTo((64L << 20) / unitBytes);
    }

    @Test
    void hasOnlyFullWindowsInAnEndlessStream() {
        var plan = DedupPlan.of(Layout.INTERLEAVED, Content.ENDLESS, MIB, 2);

        assertThat(plan.contentId(5_000_000 * 2048L)).isEqualTo(5_000_000 * 1024L);
        assertThat(plan.contentId(5_000_000 * 2048L + 1024)).isEqualTo(5_000_000 * 1024L);
    }

    @Test
    void repeatsWholeStreamsInTheReferenceLayout() {
        var plan = DedupPlan.of(Layout.DGEN, 9L * MIB, MIB, 2);

        assertThat(plan.distinctUnits()).isEqualTo(5);
        assertThat(ids(plan)).containsExactly(0L, 1L, 2L, 3L, 4L, 0L, 1L, 2L, 3L);
    }

    private static LongStream ids(DedupPlan plan) {
        return LongStream.range(0, plan.units()).map(plan::contentId);
    }
}
