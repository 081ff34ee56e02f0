package dyno.engine.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dyno.engine.JobCase;
import dyno.engine.JobCase.Totals;
import dyno.engine.Metrics;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CaseRelationsTest {

    private static final Offset<Double> EXACT = within(1e-3);

    @Test
    void derivesEveryFigureFromTheScore() {
        var job = job(Workloads.with("threads", 2), 6e9);

        relate(List.of(job));

        var metrics = job.metrics().values();
        assertThat(number(metrics, "gigabytesPerSecond") / number(metrics, "gibibytesPerSecond"))
                .isEqualTo(1.073741824, within(1e-12));
        assertThat(number(metrics, "bytesPerSecondPerThread") * 2).isEqualTo(6e9, EXACT);
        assertThat(number(metrics, "bytesPerSecondPerCore")).isEqualTo(3e9, EXACT);
        assertThat(number(metrics, "projectedBytesPerSecond")).isEqualTo(3e9 * 384, EXACT);
        assertThat(metrics)
                .containsEntry("projectedCores", 384L)
                .containsEntry("projection", "LINEAR_EXTRAPOLATION_NOT_MEASURED")
                .containsEntry("slowestBytesPerSecond", 5e9)
                .containsEntry("fastestBytesPerSecond", 7e9);
        assertThat(number(metrics, "meanBytesPerSecond")).isEqualTo(1e10 / 2, EXACT);
    }

    @Test
    void findsTheCeilingOfTheSameShape() {
        var counter = job(Workloads.with("chunkBytes", 1 << 20), 6e9);
        var other = job(Workloads.with("chunkBytes", 1 << 22), 6e9);
        var zero = job(Workloads.with("chunkBytes", 1 << 20).and("algorithm", Algorithm.ZERO), 8e9);

        relate(List.of(counter, other, zero));

        assertThat(number(counter.metrics().values(), "shareOfZero")).isEqualTo(0.75, within(1e-12));
        assertThat(number(zero.metrics().values(), "shareOfZero")).isEqualTo(1, within(1e-12));
        assertThat(other.metrics().values())
                .containsEntry("shareOfZero", null)
                .containsEntry("shareOfZeroReason", "NO_ZERO_CASE");
    }

    @Test
    void takesNoCeilingThatDidNotFinish() {
        var counter = job(Workloads.with("threads", 1), 6e9);
        var zero = job(Workloads.with("threads", 1).and("algorithm", Algorithm.ZERO), null);

        relate(List.of(counter, zero));

        assertThat(counter.metrics().values()).containsEntry("shareOfZeroReason", "NO_ZERO_CASE");
        assertThat(zero.metrics().values()).doesNotContainKey("gigabytesPerSecond");
    }

    @Test
    void claimsNothingPerCoreWhereCoresAreUnknown() {
        var job = new JobCase<>(
                "default", Workloads.with("threads", 2).workload(), 6e9, null, new Metrics().absent("coresUsed", "X"));

        relate(List.of(job));

        assertThat(job.metrics().values())
                .containsEntry("bytesPerSecondPerCoreReason", "CORES_UNKNOWN")
                .containsEntry("projectedBytesPerSecondReason", "CORES_UNKNOWN");
    }

    private static void relate(List<JobCase<GeneratorWorkload>> jobs) {
        new GeneratorEngine().relate(jobs);
    }

    private static JobCase<GeneratorWorkload> job(Workloads workloads, @Nullable Double score) {
        var totals = score == null ? null : new Totals(2, 4, 0, 10_000_000_000L, 5e9, 7e9);
        return new JobCase<>("case", workloads.workload(), score, totals, new Metrics().put("coresUsed", 2));
    }

    private static double number(Map<String, @Nullable Object> metrics, String name) {
        return ((Number) metrics.get(name)).doubleValue();
    }
}
