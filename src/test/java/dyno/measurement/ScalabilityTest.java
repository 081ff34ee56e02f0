package dyno.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dyno.measurement.Scalability.Point;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScalabilityTest {

    private static final Offset<Double> CLOSE = within(1e-6);

    @Test
    void findsTheCoefficientsOfAnExactLaw() {
        var points = points(n -> 1_000.0 * n / (1 + 0.05 * (n - 1) + 0.002 * n * (n - 1)), 1, 2, 4, 8, 16);

        var law = Scalability.universal(points).orElseThrow();

        assertThat(law.lambda()).isCloseTo(1_000, CLOSE);
        assertThat(law.sigma()).isCloseTo(0.05, CLOSE);
        assertThat(law.kappa()).isCloseTo(0.002, CLOSE);
        assertThat(law.knee().orElseThrow()).isCloseTo(Math.sqrt(0.95 / 0.002), within(1e-3));
        assertThat(law.r2()).isCloseTo(1, CLOSE);
    }

    @Test
    void findsTheSerialShareOfAmdahlsLaw() {
        var law = Scalability.amdahl(points(n -> 7.0 * n / (1 + 0.2 * (n - 1)), 1, 2, 4))
                .orElseThrow();

        assertThat(law.sigma()).isCloseTo(0.2, CLOSE);
        assertThat(law.kappa()).isZero();
        assertThat(law.knee()).isEmpty();
        assertThat(law.throughput(8)).isCloseTo(7.0 * 8 / 2.4, CLOSE);
    }

    @Test
    void hasNoNegativeCoefficients() {
        var superlinear = points(n -> 100.0 * n * (1 + 0.01 * n), 1, 2, 4, 8);

        var law = Scalability.universal(superlinear).orElseThrow();

        assertThat(law.sigma()).isZero();
        assertThat(law.kappa()).isZero();
        assertThat(law.knee()).isEmpty();
    }

    @Test
    void needsMorePointsThanCoefficients() {
        IntToDoubleFunction linear = n -> n;

        assertThat(Scalability.amdahl(points(linear, 1, 2))).isEmpty();
        assertThat(Scalability.amdahl(points(linear, 1, 2, 2))).isEmpty();
        assertThat(Scalability.universal(points(linear, 1, 2, 4))).isEmpty();
        assertThat(Scalability.universal(points(linear, 1, 2, 4, 8))).isPresent();
    }

    @Test
    void measuresEfficiencyAgainstTheFewestThreads() {
        var points = points(n -> n == 2 ? 100 : 150, 2, 4);

        assertThat(Scalability.efficiency(points.get(0), points)).isEqualTo(1);
        assertThat(Scalability.efficiency(points.get(1), points)).isCloseTo(0.75, CLOSE);
    }

    /// No point of a fine grid of coefficients fits better.
    @Test
    void fitsAsWellAsTryingAllCoefficients() {
        var random = new SplittableRandom(8);
        for (int round = 0; round < 20; round++) {
            double sigma = random.nextDouble() * 0.4;
            double kappa = random.nextDouble() * 0.02;
            var points = points(
                    n -> 50.0 * n / (1 + sigma * (n - 1) + kappa * n * (n - 1)) * (1 + 0.05 * random.nextGaussian()),
                    1,
                    2,
                    3,
                    4,
                    6,
                    8);

            var law = Scalability.universal(points).orElseThrow();

            double least = Double.POSITIVE_INFINITY;
            for (int s = 0; s <= 100; s++) {
                for (int k = 0; k <= 100; k++) {
                    least = Math.min(least, residual(points, s * 0.006, k * 0.0004));
                }
            }
            assertThat(residual(points, law.sigma(), law.kappa())).isLessThanOrEqualTo(least * (1 + 1e-9));
        }
    }

    /// Of the best λ for these two.
    private static double residual(List<Point> points, double sigma, double kappa) {
        double product = 0;
        double square = 0;
        for (var point : points) {
            double n = point.threads();
            double value = (1 + sigma * (n - 1) + kappa * n * (n - 1)) * point.throughput() / n;
            product += value;
            square += value * value;
        }
        double inverse = product / square;
        double sum = 0;
        for (var point : points) {
            double n = point.threads();
            double value = (1 + sigma * (n - 1) + kappa * n * (n - 1)) * point.throughput() / n;
            sum += (1 - inverse * value) * (1 - inverse * value);
        }
        return sum;
    }

    private static List<Point> points(IntToDoubleFunction throughput, int... threads) {
        return IntStream.of(threads)
                .mapToObj(n -> new Point(n, throughput.applyAsDouble(n)))
                .toList();
    }
}
