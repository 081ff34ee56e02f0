package dyno.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Expected values are SciPy's `binomtest(k, n).proportion_ci(method="wilson")`.
class ProportionTest {

    @Test
    void agreesWithWilsonsInterval() {
        var interval = Proportion.wilson(4, 40);

        assertThat(interval.low()).isCloseTo(0.03957952868260636, within(1e-9));
        assertThat(interval.high()).isCloseTo(0.23051775227522295, within(1e-9));
    }

    @Test
    void staysWithinNothingAndAll() {
        assertThat(Proportion.wilson(0, 20).low()).isCloseTo(0, within(1e-15));
        assertThat(Proportion.wilson(20, 20).high()).isCloseTo(1, within(1e-15));
    }

    @Test
    void rejectsMoreHitsThanTrials() {
        assertThatIllegalArgumentException().isThrownBy(() -> Proportion.wilson(3, 2));
    }
}
