package dyno.measurement;

import static dyno.measurement.Samples.BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpeedupsTest {

    @Test
    void pairsForkByForkWhereCountsMatch() {
        var speedup = Speedups.of(
                        "legacy",
                        Samples.forks(10.1, 10.3, 9.9, 10.0, 10.2),
                        Samples.forks(10.6, 10.9, 10.5, 10.8, 10.7),
                        BYTES)
                .orElseThrow();

        assertThat(speedup.baseline()).isEqualTo("legacy");
        assertThat(speedup.ratio()).isCloseTo(1.059417264751422, within(1e-9));
        assertThat(speedup.ci95().low()).isCloseTo(1.043988873072637, within(1e-9));
        assertThat(speedup.ci95().high()).isCloseTo(1.0750736619922716, within(1e-9));
        assertThat(speedup.ci95Reason()).isNull();
    }

    @Test
    void comparesWithWelchWhereCountsDiffer() {
        var speedup = Speedups.of(
                        "legacy",
                        Samples.forks(10.1, 10.3, 9.9, 10.0),
                        Samples.forks(10.6, 10.9, 10.5, 10.8, 10.7),
                        BYTES)
                .orElseThrow();

        assertThat(speedup.ci95().low()).isCloseTo(1.0346324, within(1e-7));
        assertThat(speedup.ci95().high()).isCloseTo(1.09020634, within(1e-7));
    }

    @Test
    void givesARatioWithoutAnIntervalForFewForks() {
        var speedup = Speedups.of("legacy", Samples.forks(10, 10), Samples.forks(20, 20, 20), BYTES)
                .orElseThrow();

        assertThat(speedup.ratio()).isCloseTo(2, within(1e-12));
        assertThat(speedup.ci95()).isNull();
        assertThat(speedup.ci95Reason()).isEqualTo("NEEDS_3_FORKS");
    }

    @Test
    void isAbsentWhereASideHasNoScore() {
        assertThat(Speedups.of("legacy", Samples.forks(0), Samples.forks(1), BYTES))
                .isEmpty();
        assertThat(Speedups.of("legacy", Samples.forks(1), Samples.forks(), BYTES))
                .isEmpty();
    }
}
