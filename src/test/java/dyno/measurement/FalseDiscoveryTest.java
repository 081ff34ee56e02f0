package dyno.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Expected values are SciPy's `false_discovery_control`.
class FalseDiscoveryTest {

    private static final double[] P = {.001, .008, .039, .041, .042, .06, .074, .205};

    @Test
    void keepsTheFirstTwoOfEightAtFivePercent() {
        var adjusted = FalseDiscovery.adjusted(P);

        assertThat(adjusted)
                .containsExactly(
                        new double[] {.008, .032, .0672, .0672, .0672, .08, .08457142857142856, .205}, within(1e-12));
        assertThat(Arrays.stream(adjusted).filter(p -> p <= 0.05)).hasSize(2);
    }

    @Test
    void answersInTheOrderOfTheQuestion() {
        assertThat(FalseDiscovery.adjusted(new double[] {.205, .001, .06, .008, .074, .042, .041, .039}))
                .containsExactly(
                        new double[] {.205, .008, .08, .032, .08457142857142856, .0672, .0672, .0672}, within(1e-12));
    }

    @Test
    void leavesASingleTestAsItIs() {
        assertThat(FalseDiscovery.adjusted(new double[] {0.03})).containsExactly(0.03);
        assertThat(FalseDiscovery.adjusted(new double[0])).isEmpty();
    }

    /// The procedure as its authors state it: reject the tests up to the largest rank k with p(k) at
    /// most k/m · q.
    @Test
    void rejectsWhatTheStepUpProcedureRejects() {
        var random = new SplittableRandom(11);
        for (int round = 0; round < 500; round++) {
            int tests = 1 + round % 40;
            var p = random.doubles(tests).map(value -> value * value * value).toArray();
            var sorted = p.clone();
            Arrays.sort(sorted);
            double q = 0.05;
            double cut = IntStream.rangeClosed(1, tests)
                    .filter(k -> sorted[k - 1] <= k * q / tests)
                    .mapToDouble(k -> sorted[k - 1])
                    .max()
                    .orElse(-1);

            var adjusted = FalseDiscovery.adjusted(p);

            for (int i = 0; i < tests; i++) {
                assertThat(adjusted[i] <= q).isEqualTo(p[i] <= cut);
            }
        }
    }
}
