package dyno.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dyno.measurement.Boundary.Rule;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Expected values are NumPy's and SciPy's.
class BoundaryTest {

    private static final double[] HISTORY = {100, 102, 98, 101, 99, 103, 97, 100.5};
    private static final Offset<Double> CLOSE = within(1e-9);

    @Test
    void liesAPercentageFromTheMean() {
        var boundary = new Boundary(Rule.PERCENTAGE, 0.1).around(HISTORY).orElseThrow();

        assertThat(boundary.low()).isCloseTo(90.05625, CLOSE);
        assertThat(boundary.high()).isCloseTo(110.06875, CLOSE);
    }

    @Test
    void isThePredictionIntervalOfOneMoreScore() {
        var boundary = new Boundary(Rule.T_TEST, 0.99).around(HISTORY).orElseThrow();

        assertThat(boundary.low()).isCloseTo(92.61003316125786, CLOSE);
        assertThat(boundary.high()).isCloseTo(107.51496683874214, CLOSE);
    }

    @Test
    void liesInterquartileRangesBeyondTheQuartiles() {
        var boundary = new Boundary(Rule.IQR, 1.5).around(HISTORY).orElseThrow();

        assertThat(boundary.low()).isCloseTo(95, CLOSE);
        assertThat(boundary.high()).isCloseTo(105, CLOSE);
    }

    @Test
    void needsAHistory() {
        assertThat(new Boundary(Rule.PERCENTAGE, 0.1).around(new double[0])).isEmpty();
        assertThat(new Boundary(Rule.IQR, 3).around(new double[0])).isEmpty();
        assertThat(new Boundary(Rule.T_TEST, 0.99).around(new double[] {1})).isEmpty();
    }

    @Test
    void predictsTheNextScoreAsOftenAsItSays() {
        var random = new SplittableRandom(7);
        var rule = new Boundary(Rule.T_TEST, 0.95);
        int within = 0;
        for (int round = 0; round < 4_000; round++) {
            var history = new double[10];
            for (int i = 0; i < history.length; i++) {
                history[i] = 50 + random.nextGaussian();
            }
            var boundary = rule.around(history).orElseThrow();
            double next = 50 + random.nextGaussian();
            if (next >= boundary.low() && next <= boundary.high()) {
                within++;
            }
        }

        assertThat(within / 4_000.0).isCloseTo(0.95, within(0.012));
    }
}
