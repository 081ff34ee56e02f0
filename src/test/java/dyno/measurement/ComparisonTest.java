package dyno.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dyno.measurement.Comparison.Finding;
import dyno.measurement.Comparison.Sides;
import dyno.measurement.Score.Better;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Expected values are SciPy's, on the logs.
class ComparisonTest {

    private static final double[] A = {10.1, 10.3, 9.9, 10.0, 10.2};
    private static final double[] B = {10.6, 10.9, 10.5, 10.8, 10.7};
    private static final double[] NOISY = {10, 12, 11, 9.5, 13};
    private static final double[] NOISY_TOO = {10.4, 11.8, 11.2, 9.9, 12.6};
    private static final Offset<Double> CLOSE = within(1e-9);

    private final Comparison comparison = new Comparison(Comparison.DEFAULT_MARGIN);

    @Test
    void findsAnImprovementWithItsFigures() {
        var finding = compare(A, B);

        assertThat(finding.verdict()).isEqualTo(Verdict.IMPROVEMENT);
        assertThat(finding.effect()).isCloseTo(0.059417264751422, CLOSE);
        assertThat(interval(finding).low()).isCloseTo(0.03614038, within(1e-8));
        assertThat(interval(finding).high()).isCloseTo(0.08321706, within(1e-8));
        assertThat(finding.pValue()).isCloseTo(3.2962370074848596e-4, CLOSE);
        assertThat(finding.adjustedP()).isEqualTo(finding.pValue());
        assertThat(finding.minimumDetectableEffect()).isCloseTo(0.031255189932589834, CLOSE);
        assertThat(finding.forksNeeded()).isEqualTo(6);
    }

    @Test
    void findsTheRegressionTheOtherWayRound() {
        assertThat(compare(B, A).verdict()).isEqualTo(Verdict.REGRESSION);
    }

    @Test
    void turnsAroundWhereLessIsBetter() {
        var slower = comparison
                .compare(List.of(new Sides(logs(A), logs(B), false, Better.LOWER)))
                .getFirst();

        assertThat(slower.verdict()).isEqualTo(Verdict.REGRESSION);
        assertThat(slower.effect()).isPositive();
    }

    @Test
    void pairsForksOfOneJob() {
        var finding = comparison
                .compare(List.of(new Sides(logs(A), logs(B), true, Better.HIGHER)))
                .getFirst();

        assertThat(finding.pValue()).isCloseTo(3.988218090553851e-4, CLOSE);
        assertThat(finding.minimumDetectableEffect()).isCloseTo(0.019836216264403742, CLOSE);
        assertThat(finding.forksNeeded()).isEqualTo(4);
    }

    @Test
    void saysWhatItWouldTakeWhereItCannotTell() {
        var finding = compare(NOISY, NOISY_TOO);

        assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(finding.effect()).isCloseTo(0.010135523034453512, CLOSE);
        assertThat(finding.pValue()).isCloseTo(0.8920812205227342, CLOSE);
        assertThat(finding.minimumDetectableEffect()).isCloseTo(0.261177132218818, CLOSE);
        assertThat(finding.forksNeeded()).isEqualTo(233);
    }

    @Test
    void callsSidesEquivalentThatDifferByLessThanTheMargin() {
        assertThat(compare(new double[] {100, 101, 100, 99}, new double[] {101, 100, 101, 100})
                        .verdict())
                .isEqualTo(Verdict.EQUIVALENT);
        assertThat(compare(new double[] {7, 7, 7}, new double[] {7, 7, 7}).verdict())
                .isEqualTo(Verdict.EQUIVALENT);
    }

    @Test
    void callsARealDifferenceWithinTheMarginEquivalent() {
        var finding = compare(new double[] {100, 100.1, 99.9, 100}, new double[] {102, 102.1, 101.9, 102});

        assertThat(finding.pValue()).isLessThan(0.001);
        assertThat(finding.verdict()).isEqualTo(Verdict.EQUIVALENT);
    }

    @Test
    void keepsToTheMarginItIsGiven() {
        var strict = new Comparison(0.01)
                .compare(List.of(
                        new Sides(logs(100, 100.1, 99.9, 100), logs(102, 102.1, 101.9, 102), false, Better.HIGHER)))
                .getFirst();

        assertThat(strict.verdict()).isEqualTo(Verdict.IMPROVEMENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void neverSaysThatNothingChangedWithFewerThanThreeForks(int forks) {
        var finding = compare(Arrays.copyOf(A, forks), A);

        assertThat(finding.verdict()).isEqualTo(Verdict.INSUFFICIENT_DATA);
        assertThat(finding.effect()).isNotNull();
        assertThat(finding.ci95()).isNull();
        assertThat(finding.ci95Reason()).isEqualTo("NEEDS_3_FORKS");
        assertThat(finding.pValueReason()).isEqualTo("NEEDS_3_FORKS");
    }

    @Test
    void saysWhereASideHasNoScore() {
        var finding = compare(new double[0], A);

        assertThat(finding.verdict()).isEqualTo(Verdict.INSUFFICIENT_DATA);
        assertThat(finding.effect()).isNull();
        assertThat(finding.effectReason()).isEqualTo("NO_SCORE");
    }

    @Test
    void needsMoreEvidenceForOneOfManyCases() {
        var borderline = new Sides(logs(100, 104, 97, 101), logs(95, 91, 96, 90), false, Better.HIGHER);
        var same = new Sides(logs(NOISY), logs(NOISY_TOO), false, Better.HIGHER);
        var alone = comparison.compare(List.of(borderline)).getFirst();

        var amongMany = comparison.compare(
                IntStream.range(0, 12).mapToObj(i -> i == 5 ? borderline : same).toList());

        assertThat(alone.verdict()).isEqualTo(Verdict.REGRESSION);
        assertThat(amongMany.get(5).pValue()).isEqualTo(alone.pValue());
        assertThat(amongMany.get(5).adjustedP()).isGreaterThan(0.05);
        assertThat(amongMany.get(5).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void adjustsOverTheTestedCasesAlone() {
        var findings = comparison.compare(List.of(
                new Sides(logs(1), logs(1), false, Better.HIGHER),
                new Sides(logs(A), logs(B), false, Better.HIGHER),
                new Sides(new double[0], logs(1), false, Better.HIGHER)));

        assertThat(findings)
                .extracting(Finding::verdict)
                .containsExactly(Verdict.INSUFFICIENT_DATA, Verdict.IMPROVEMENT, Verdict.INSUFFICIENT_DATA);
        assertThat(findings.get(1).adjustedP()).isEqualTo(findings.get(1).pValue());
    }

    @Test
    void sumsUpToTheWorstThatIsKnown() {
        assertThat(Comparison.overall(List.of(Verdict.EQUIVALENT, Verdict.REGRESSION, Verdict.INSUFFICIENT_DATA)))
                .isEqualTo(Verdict.REGRESSION);
        assertThat(Comparison.overall(List.of(Verdict.IMPROVEMENT, Verdict.INSUFFICIENT_DATA)))
                .isEqualTo(Verdict.INSUFFICIENT_DATA);
        assertThat(Comparison.overall(List.of(Verdict.INCOMPARABLE, Verdict.IMPROVEMENT, Verdict.EQUIVALENT)))
                .isEqualTo(Verdict.IMPROVEMENT);
        assertThat(Comparison.overall(List.of(Verdict.INCOMPARABLE))).isEqualTo(Verdict.INCOMPARABLE);
        assertThat(Comparison.overall(List.of())).isEqualTo(Verdict.INCOMPARABLE);
    }

    /// Forks as a busy machine with two cores gives them: 2 % from fork to fork, now and then one that
    /// is 15 % slower.
    @Test
    void raisesFewFalseAlarmsBetweenEqualSides() {
        var random = new SplittableRandom(40);
        int falseAlarms = 0;
        for (int round = 0; round < 400; round++) {
            var verdict = compare(forks(random, 5, 100), forks(random, 5, 100)).verdict();
            if (verdict == Verdict.REGRESSION || verdict == Verdict.IMPROVEMENT) {
                falseAlarms++;
            }
        }

        assertThat(falseAlarms).isLessThanOrEqualTo(40);
    }

    @Test
    void findsTenPercentInEighteenOfTwentyWhereForksArePaired() {
        var random = new SplittableRandom(20);
        int found = 0;
        for (int round = 0; round < 20; round++) {
            var drift = random.doubles(5, 0.95, 1.05).toArray();
            var sides = new Sides(drifting(random, drift, 100), drifting(random, drift, 90), true, Better.HIGHER);
            if (comparison.compare(List.of(sides)).getFirst().verdict() == Verdict.REGRESSION) {
                found++;
            }
        }

        assertThat(found).isGreaterThanOrEqualTo(18);
    }

    /// What is wrong with pooling: iterations of one fork resemble each other, so that a test on them
    /// takes the luck of the fork for a difference.
    @Test
    void wouldCallRegressionsHalfOfTheTimeIfIterationsWerePooled() {
        var random = new SplittableRandom(2);
        int pooledAlarms = 0;
        int alarms = 0;
        for (int round = 0; round < 200; round++) {
            var from = iterations(random);
            var to = iterations(random);
            if (LogRatio.welch(pooled(from), pooled(to)).pValue() < 0.05) {
                pooledAlarms++;
            }
            if (LogRatio.welch(means(from), means(to)).pValue() < 0.05) {
                alarms++;
            }
        }

        assertThat(pooledAlarms).isGreaterThan(90);
        assertThat(alarms).isLessThan(25);
    }

    private static double[][] iterations(SplittableRandom random) {
        return IntStream.range(0, 3)
                .mapToObj(fork -> {
                    double luck = gaussian(random) * 0.03;
                    return IntStream.range(0, 20)
                            .mapToDouble(i -> luck + gaussian(random) * 0.01)
                            .toArray();
                })
                .toArray(double[][]::new);
    }

    private static double[] pooled(double[][] forks) {
        return Arrays.stream(forks).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[] means(double[][] forks) {
        return Arrays.stream(forks).mapToDouble(LogRatio::mean).toArray();
    }

    private static double[] forks(SplittableRandom random, int forks, double level) {
        return IntStream.range(0, forks)
                .mapToDouble(i -> level * (1 + 0.02 * gaussian(random)) * (random.nextInt(12) == 0 ? 0.85 : 1))
                .toArray();
    }

    private static double[] drifting(SplittableRandom random, double[] drift, double level) {
        return Arrays.stream(drift)
                .map(factor -> Math.log(level * factor * (1 + 0.01 * gaussian(random))))
                .toArray();
    }

    private static double gaussian(SplittableRandom random) {
        return random.nextGaussian();
    }

    private Finding compare(double[] baseline, double[] candidate) {
        return comparison
                .compare(List.of(new Sides(logs(baseline), logs(candidate), false, Better.HIGHER)))
                .getFirst();
    }

    private static Interval interval(Finding finding) {
        var interval = finding.ci95();
        assertThat(interval).isNotNull();
        return interval;
    }

    private static double[] logs(double... values) {
        return Arrays.stream(values).map(Math::log).toArray();
    }
}
