package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dyno.catalog.EngineEntry.Related;
import dyno.engine.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScalingMetricsTest {

    @Test
    void addsTheLawsToEachCaseOfAMatrixOverThreads() {
        var cases = cases(1, 2, 4, 8);

        ScalingMetrics.add(cases);

        for (var related : cases) {
            var metrics = related.metrics().values();
            assertThat((Double) metrics.get("uslSigma")).isCloseTo(0.1, within(1e-6));
            assertThat((Double) metrics.get("uslKappa")).isCloseTo(0.01, within(1e-6));
            assertThat((Double) metrics.get("uslKnee")).isCloseTo(Math.sqrt(90), within(1e-3));
            assertThat((Double) metrics.get("amdahlSigma")).isPositive();
        }
        assertThat(cases.getFirst().metrics().values()).containsEntry("scalingEfficiency", 1.0);
        assertThat((Double) cases.get(1).metrics().values().get("scalingEfficiency"))
                .isCloseTo(1 / 1.12, within(1e-9));
    }

    @Test
    void saysHowManyThreadCountsItWouldTake() {
        var cases = cases(1, 2);

        ScalingMetrics.add(cases);

        assertThat(cases.getFirst().metrics().values())
                .containsEntry("amdahlSigmaReason", "NEEDS_3_THREAD_COUNTS")
                .containsEntry("uslKneeReason", "NEEDS_4_THREAD_COUNTS")
                .containsKey("scalingEfficiency");
    }

    @Test
    void fitsEachVariantByItself() {
        var cases = new ArrayList<>(cases(1, 2, 4));
        cases.add(related("other[threads=1]", Map.of("threads", 1L, "size", 5L), 10.0));

        ScalingMetrics.add(cases);

        assertThat(cases.get(0).metrics().values()).containsKey("amdahlSigma");
        assertThat(cases.getLast().metrics().values()).isEmpty();
    }

    @Test
    void takesVariantsThatDifferInThreadsAloneForOneSeries() {
        var cases = List.of(
                related("sequential[size=5]", Map.of("strategy", "ONE", "threads", 1L, "size", 5L), 11.0),
                related("threads-1[size=5]", Map.of("strategy", "ALL", "threads", 1L, "size", 5L), 10.0),
                related("threads-2[size=5]", Map.of("strategy", "ALL", "threads", 2L, "size", 5L), 18.0));

        ScalingMetrics.add(cases);

        assertThat(cases.getFirst().metrics().values()).isEmpty();
        assertThat((Double) cases.getLast().metrics().values().get("scalingEfficiency"))
                .isCloseTo(0.9, within(1e-9));
    }

    @Test
    void saysNothingWhereTwoSuchFieldsDiffer() {
        var cases = List.of(
                related("a[threads=1,workers=1]", Map.of("threads", 1L, "workers", 1L), 10.0),
                related("a[threads=2,workers=1]", Map.of("threads", 2L, "workers", 1L), 18.0),
                related("a[threads=1,workers=2]", Map.of("threads", 1L, "workers", 2L), 15.0));

        ScalingMetrics.add(cases);

        assertThat(cases)
                .allSatisfy(related -> assertThat(related.metrics().values()).isEmpty());
    }

    @Test
    void saysThatThroughputFallsFromTheStart() {
        var cases = List.of(
                related("a[threads=1]", Map.of("threads", 1L), 100.0),
                related("a[threads=2]", Map.of("threads", 2L), 80.0),
                related("a[threads=4]", Map.of("threads", 4L), 70.0),
                related("a[threads=8]", Map.of("threads", 8L), 65.0));

        ScalingMetrics.add(cases);

        assertThat(cases.getFirst().metrics().values()).containsEntry("uslKneeReason", "FALLS_FROM_THE_START");
    }

    @Test
    void findsNestedFieldsAndLeavesOutCasesWithoutAScore() {
        var cases = List.of(
                related("a[load.workers=1]", Map.of("load", Map.of("workers", 1L)), 10.0),
                related("a[load.workers=2]", Map.of("load", Map.of("workers", 2L)), 18.0),
                related("a[load.workers=4]", Map.of("load", Map.of("workers", 4L)), null));

        ScalingMetrics.add(cases);

        assertThat((Double) cases.get(1).metrics().values().get("scalingEfficiency"))
                .isCloseTo(0.9, within(1e-9));
        assertThat(cases.getLast().metrics().values()).isEmpty();
    }

    @Test
    void leavesJobsWithoutSuchAMatrixAlone() {
        var cases = List.of(
                related("a[size=1]", Map.of("threads", 2L, "size", 1L), 10.0),
                related("a[size=2]", Map.of("threads", 2L, "size", 2L), 18.0));

        ScalingMetrics.add(cases);

        assertThat(cases)
                .allSatisfy(related -> assertThat(related.metrics().values()).isEmpty());
    }

    private static List<Related> cases(int... threads) {
        var cases = new ArrayList<Related>();
        for (long n : threads) {
            double score = 100.0 * n / (1 + 0.1 * (n - 1) + 0.01 * n * (n - 1));
            cases.add(related("default[threads=%d]".formatted(n), Map.of("threads", n, "size", 5L), score));
        }
        return cases;
    }

    private static Related related(String name, Map<String, @Nullable Object> tree, @Nullable Double score) {
        return new Related(name, tree, score, null, new Metrics());
    }
}
