package dyno.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Expected values are SciPy's `ttest_ind(equal_var=False)` and `ttest_rel` on the logs.
class LogRatioTest {

    private static final double[] A = logs(10.1, 10.3, 9.9, 10.0, 10.2);
    private static final double[] B = logs(10.6, 10.9, 10.5, 10.8, 10.7);
    private static final Offset<Double> CLOSE = within(1e-10);

    @Test
    void agreesWithWelchsTest() {
        var welch = LogRatio.welch(A, B);

        assertThat(welch.t()).isCloseTo(5.994558447014679, CLOSE);
        assertThat(welch.degreesOfFreedom()).isCloseTo(7.973492305704643, CLOSE);
        assertThat(welch.pValue()).isCloseTo(3.2962370074848596e-4, CLOSE);
        assertThat(welch.ratio()).isCloseTo(1.059417264751422, CLOSE);
        assertThat(welch.interval(0.95).low()).isCloseTo(1.03614038, within(1e-8));
        assertThat(welch.interval(0.95).high()).isCloseTo(1.08321706, within(1e-8));
        assertThat(welch.interval(0.90).low()).isCloseTo(1.0406094, within(1e-8));
        assertThat(welch.interval(0.90).high()).isCloseTo(1.07856506, within(1e-8));
    }

    @Test
    void agreesWithWelchsTestWhereSidesDifferInSize() {
        var welch = LogRatio.welch(Arrays.copyOf(A, 4), B);

        assertThat(welch.t()).isCloseTo(5.6123236443685425, CLOSE);
        assertThat(welch.degreesOfFreedom()).isCloseTo(6.085387489117949, CLOSE);
        assertThat(welch.pValue()).isCloseTo(0.0013018577501218828, CLOSE);
        assertThat(welch.interval(0.95).high()).isCloseTo(1.09020634, within(1e-8));
    }

    @Test
    void agreesWithThePairedTest() {
        var paired = LogRatio.paired(A, B);

        assertThat(paired.t()).isCloseTo(10.923772243702015, within(1e-8));
        assertThat(paired.degreesOfFreedom()).isEqualTo(4);
        assertThat(paired.pValue()).isCloseTo(3.988218090553851e-4, CLOSE);
        assertThat(paired.interval(0.95).low()).isCloseTo(1.043988873072637, CLOSE);
        assertThat(paired.interval(0.95).high()).isCloseTo(1.0750736619922716, CLOSE);
    }

    @Test
    void isCertainWhereForksOfASideAreAllEqual() {
        var welch = LogRatio.welch(logs(2, 2, 2), logs(3, 3, 3));

        assertThat(welch.interval(0.95).low()).isCloseTo(1.5, CLOSE);
        assertThat(welch.interval(0.95).high()).isCloseTo(1.5, CLOSE);
        assertThat(welch.pValue()).isZero();
        assertThat(LogRatio.welch(logs(2, 2), logs(2, 2)).pValue()).isEqualTo(1);
    }

    @Test
    void refusesSidesThatCannotBePairedOrHaveNoVariance() {
        assertThatIllegalArgumentException().isThrownBy(() -> LogRatio.paired(A, logs(1, 2)));
        assertThatIllegalArgumentException().isThrownBy(() -> LogRatio.welch(A, logs(1)));
    }

    private static double[] logs(double... values) {
        return Arrays.stream(values).map(Math::log).toArray();
    }
}
