package dyno.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dyno.engine.ScoreUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyStateTest {

    @Test
    void isSteadyWhereIterationsDifferByChanceAlone() {
        var random = new Random(42);
        int restless = 0;
        for (int fork = 0; fork < 1_000; fork++) {
            var series = random.doubles(10, 95, 105).toArray();
            restless += SteadyState.from(series) == null ? 1 : 0;
        }

        // Each of six starts has at most one chance in twenty, and they look at much the same values.
        assertThat(restless).isLessThan(50);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 8, 20, 200})
    void isRestlessWhileIterationsGetFaster(int count) {
        var series = IntStream.range(0, count)
                .mapToDouble(i -> 100 + 20.0 * i / count)
                .toArray();

        assertThat(SteadyState.from(series)).isNull();
    }

    @Test
    void isSteadyWhereTheDriftIsTooSmallToMatter() {
        assertThat(SteadyState.from(new double[] {100, 100.1, 100.2, 100.3, 100.4, 100.5}))
                .isZero();
    }

    @Test
    void findsTheIterationFromWhichOnItIsSteady() {
        var series = new double[20];
        Arrays.fill(series, 100);
        for (int i = 0; i < 6; i++) {
            series[i] = 40 + 10 * i;
        }

        assertThat(SteadyState.from(series)).isBetween(2, 6);
    }

    /// The last five alone are too few to call their trend one, the last six are not.
    @Test
    void isRestlessWhereItSettlesNoSoonerThanInItsMiddle() {
        var series = new double[] {50, 60, 70, 80, 90, 100, 110, 120, 140, 130};

        assertThat(SteadyState.from(series)).isNull();
    }

    @Test
    void doesNotTakeASingleSpikeForADrift() {
        var series = new double[] {100, 101, 99, 30, 100, 101, 100, 99, 101, 100};

        assertThat(SteadyState.from(series)).isZero();
    }

    @Test
    void needsFiveSamples() {
        var four = IntStream.range(0, 4)
                .mapToObj(i -> new Sample(1_000 + i, 1, 0, 1))
                .toList();

        assertThat(SteadyState.of(ScoreUnit.bytes(), four)).isEqualTo(new SteadyState(null, null, "NEEDS_5_SAMPLES"));
    }

    /// Five values that all rise: 2 of 120 orders are as far from balance.
    @Test
    void countsOrdersExactly() {
        assertThat(SteadyState.trend(new double[] {1, 2, 3, 4, 5})).isCloseTo(2.0 / 120, within(1e-12));
        assertThat(SteadyState.trend(new double[] {5, 4, 3, 2, 1})).isCloseTo(2.0 / 120, within(1e-12));
        assertThat(SteadyState.trend(new double[] {1, 1, 1, 1, 1})).isEqualTo(1);
    }

    @Test
    void agreesWithEveryOrderOfSixValues() {
        var distances = new ArrayList<Long>();
        permute(new int[] {0, 1, 2, 3, 4, 5}, 0, distances);

        for (long distance = 1; distance <= 15; distance += 2) {
            long bound = distance;
            double share = distances.stream().filter(d -> d >= bound).count() / 720.0;
            assertThat(InversionCounts.atLeastAsFar(6, distance)).isCloseTo(share, within(1e-12));
        }
    }

    @Test
    void goesOnSmoothlyWhereTheNormalApproximationTakesOver() {
        // |S| of 250 with 50 and with 51 values.
        double exact = InversionCounts.atLeastAsFar(50, 251);
        double approximate = InversionCounts.atLeastAsFar(51, 251);

        assertThat(approximate / exact).isBetween(0.95, 1.2);
    }

    private static void permute(int[] values, int from, List<Long> distances) {
        if (from == values.length) {
            long s = 0;
            for (int i = 0; i < values.length; i++) {
                for (int j = i + 1; j < values.length; j++) {
                    s += Integer.signum(values[j] - values[i]);
                }
            }
            distances.add(Math.abs(s));
            return;
        }
        for (int i = from; i < values.length; i++) {
            swap(values, from, i);
            permute(values, from + 1, distances);
            swap(values, from, i);
        }
    }

    private static void swap(int[] values, int a, int b) {
        int kept = values[a];
        values[a] = values[b];
        values[b] = kept;
    }
}
