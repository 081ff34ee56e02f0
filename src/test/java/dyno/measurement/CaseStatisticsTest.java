package dyno.measurement;

import static dyno.measurement.Samples.BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dyno.engine.ScoreUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaseStatisticsTest {

    @Test
    void scoresTheGeometricMeanWithAStudentInterval() {
        var score = CaseStatistics.score(BYTES, Samples.forks(10.1, 10.3, 9.9, 10.0, 10.2));

        // SciPy, on bytes a second: 10.1 bytes a microsecond.
        assertThat(score.value()).isCloseTo(10.099009784492633e6, within(1e-3));
        assertThat(score.ci95().low()).isCloseTo(9.904575609622462e6, within(1e-3));
        assertThat(score.ci95().high()).isCloseTo(10.297260846612444e6, within(1e-3));
        assertThat(score.unit()).isEqualTo("bytes/s");
        assertThat(score.better()).isEqualTo(Score.Better.HIGHER);
        assertThat(score.forks()).isEqualTo(5);
        assertThat(score.samples()).isEqualTo(5);
        assertThat(score.valueReason()).isNull();
        assertThat(score.ci95Reason()).isNull();
    }

    @Test
    void takesAForksMedianNotItsMean() {
        var fork = List.of(Samples.of(1), Samples.of(2), Samples.of(900));

        assertThat(CaseStatistics.score(BYTES, List.of(fork)).value()).isCloseTo(2e6, within(1e-6));
    }

    @Test
    void countsWhatTheUnitSays() {
        var fork = List.of(new Sample(500_000_000, 2, 40, 9_000));

        assertThat(CaseStatistics.score(ScoreUnit.items("rows"), List.of(fork)).value())
                .isCloseTo(80.0, within(1e-9));
    }

    @Test
    void givesNoIntervalForTwoForks() {
        var score = CaseStatistics.score(BYTES, Samples.forks(10, 11));

        assertThat(score.value()).isNotNull();
        assertThat(score.ci95()).isNull();
        assertThat(score.ci95Reason()).isEqualTo("NEEDS_3_FORKS");
    }

    @Test
    void saysWhyThereIsNoScore() {
        assertThat(CaseStatistics.score(BYTES, List.of()).valueReason()).isEqualTo("NO_SAMPLES");
        assertThat(CaseStatistics.score(BYTES, List.of(List.of(Samples.of(1)), List.of()))
                        .valueReason())
                .isEqualTo("NO_SAMPLES");
        var score = CaseStatistics.score(BYTES, Samples.forks(10, 0, 12));
        assertThat(score.value()).isNull();
        assertThat(score.valueReason()).isEqualTo("ZERO_THROUGHPUT");
        assertThat(score.ci95()).isNull();
        assertThat(score.ci95Reason()).isEqualTo("ZERO_THROUGHPUT");
        assertThat(CaseStatistics.score(BYTES.orNothing("NOTHING_LOADED"), Samples.forks(0))
                        .valueReason())
                .isEqualTo("NOTHING_LOADED");
        assertThat(CaseStatistics.score(BYTES, List.of(List.of(new Sample(0, 1, 1, 1))))
                        .valueReason())
                .isEqualTo("NO_TIME_ELAPSED");
    }

    @Test
    void takesQuantilesOfTypeSeven() {
        var oneToTen = List.of(Samples.lasting(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        var seconds = CaseStatistics.secondsPerInvocation(oneToTen);

        assertThat(seconds.median()).isCloseTo(5.5, within(1e-12));
        assertThat(seconds.min()).isEqualTo(1);
        assertThat(seconds.max()).isEqualTo(10);
        assertThat(seconds.mad()).isCloseTo(2.5, within(1e-12));
        var values = IntStream.rangeClosed(1, 10).asDoubleStream().toArray();
        assertThat(Throughput.TYPE_7.evaluate(values, 0.95)).isCloseTo(9.55, within(1e-12));
        assertThat(Throughput.TYPE_7.evaluate(values, 0.99)).isCloseTo(9.91, within(1e-12));
    }

    @Test
    void dividesSecondsByInvocations() {
        var samples = List.of(List.of(new Sample(3_000_000_000L, 6, 1, 1)));

        assertThat(CaseStatistics.secondsPerInvocation(samples).median()).isEqualTo(0.5);
    }

    @Test
    void givesTailsOnlyWhereFiveSamplesLieBeyond() {
        var few = CaseStatistics.secondsPerInvocation(List.of(counting(99)));
        assertThat(few.p95()).isNull();
        assertThat(few.p95Reason()).isEqualTo("NEEDS_100_SAMPLES");
        assertThat(few.p99Reason()).isEqualTo("NEEDS_500_SAMPLES");

        var some = CaseStatistics.secondsPerInvocation(List.of(counting(100)));
        assertThat(some.p95()).isCloseTo(95.05, within(1e-9));
        assertThat(some.p95Reason()).isNull();
        assertThat(some.p99()).isNull();

        var many = CaseStatistics.secondsPerInvocation(List.of(counting(500)));
        assertThat(many.p99()).isCloseTo(495.01, within(1e-9));
    }

    @Test
    void refusesToSummariseNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> CaseStatistics.secondsPerInvocation(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> CaseStatistics.totals(BYTES, List.of()));
    }

    @Test
    void tellsVariationWithinForksFromVariationBetweenThem() {
        var steady = List.of(Samples.of(10), Samples.of(10));
        var faster = List.of(Samples.of(20), Samples.of(20));
        var variation = CaseStatistics.variation(BYTES, List.of(steady, faster));

        assertThat(variation.withinForks()).isZero();
        // Standard deviation of 10 and 20 is 7.0711, their mean 15.
        assertThat(variation.betweenForks()).isCloseTo(0.4714045207910317, within(1e-12));
    }

    @Test
    void saysWhyThereIsNoVariation() {
        var variation = CaseStatistics.variation(BYTES, Samples.forks(10));

        assertThat(variation.withinForks()).isNull();
        assertThat(variation.withinForksReason()).isEqualTo("NEEDS_2_SAMPLES");
        assertThat(variation.betweenForks()).isNull();
        assertThat(variation.betweenForksReason()).isEqualTo("NEEDS_2_FORKS");
        var idle = List.of(List.of(Samples.of(0), Samples.of(0)), List.of(Samples.of(1), Samples.of(2)));
        assertThat(CaseStatistics.variation(BYTES, idle).withinForksReason()).isEqualTo("ZERO_THROUGHPUT");
        assertThat(CaseStatistics.variation(BYTES, idle).betweenForksReason()).isEqualTo("ZERO_THROUGHPUT");
    }

    @Test
    void countsOutliersBeyondTukeysFences() {
        // Quartiles 3.25 and 7.75 (type 7), so that the fences stand at 14.5 and 21.25.
        var values = Samples.lasting(1, 2, 3, 4, 5, 6, 7, 8, 14.6, 21.3);
        var fences = CaseStatistics.variation(BYTES, List.of(values));

        assertThat(fences.outliersMild()).isEqualTo(1);
        assertThat(fences.outliersSevere()).isEqualTo(1);
    }

    @Test
    void sumsEverySample() {
        var totals = CaseStatistics.totals(
                BYTES,
                List.of(
                        List.of(new Sample(1_000_000_000, 2, 3, 100), new Sample(2_000_000_000, 4, 5, 100)),
                        List.of(new Sample(500_000_000, 1, 1, 300))));

        assertThat(totals.seconds()).isEqualTo(3.5);
        assertThat(totals.invocations()).isEqualTo(7);
        assertThat(totals.items()).isEqualTo(9);
        assertThat(totals.bytes()).isEqualTo(500);
        assertThat(totals.slowestPerSecond()).isEqualTo(50);
        assertThat(totals.fastestPerSecond()).isEqualTo(600);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void agreesWithAPlainRecomputation(long seed) {
        var random = new Random(seed);
        var forks = Samples.random(random, random.nextInt(3, 9), random.nextInt(1, 40));

        double logSum = 0;
        for (var fork : forks) {
            logSum += Math.log(middle(fork.stream().mapToDouble(s -> s.bytes() * 1e9 / s.elapsedNanos())));
        }
        var score = CaseStatistics.score(BYTES, forks);
        assertThat(score.value()).isCloseTo(Math.exp(logSum / forks.size()), within(score.value() * 1e-12));
        assertThat(score.ci95().low()).isLessThan(score.value());
        assertThat(score.ci95().high()).isGreaterThan(score.value());
        // The interval is symmetric on logs.
        assertThat(score.ci95().low() * score.ci95().high())
                .isCloseTo(score.value() * score.value(), within(score.value() * score.value() * 1e-12));

        var pooled = forks.stream().flatMap(List::stream).toList();
        var seconds = CaseStatistics.secondsPerInvocation(forks);
        double median = middle(pooled.stream().mapToDouble(s -> s.elapsedNanos() / 1e9 / s.invocations()));
        assertThat(seconds.median()).isCloseTo(median, within(median * 1e-12));
        assertThat(seconds.mad())
                .isCloseTo(
                        middle(pooled.stream()
                                .mapToDouble(s -> Math.abs(s.elapsedNanos() / 1e9 / s.invocations() - median))),
                        within(median * 1e-9));
    }

    @Test
    void doesNotDependOnTheOrderOfIterations() {
        var forks = Samples.random(new Random(42), 4, 15);
        var shuffled = new ArrayList<List<Sample>>();
        for (var fork : forks) {
            var copy = new ArrayList<>(fork);
            Collections.shuffle(copy, new Random(7));
            shuffled.add(copy);
        }

        assertThat(CaseStatistics.score(BYTES, shuffled)).isEqualTo(CaseStatistics.score(BYTES, forks));
        assertThat(CaseStatistics.secondsPerInvocation(shuffled)).isEqualTo(CaseStatistics.secondsPerInvocation(forks));
    }

    private static double middle(DoubleStream values) {
        var sorted = values.sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static List<Sample> counting(int count) {
        return Samples.lasting(IntStream.rangeClosed(1, count).asDoubleStream().toArray());
    }
}
