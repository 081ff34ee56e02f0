package dyno.measurement;

import java.util.OptionalInt;
import org.apache.commons.statistics.distribution.TDistribution;

/// What a comparison could have seen: with 95 % confidence, and in four of five comparisons of so large a
/// difference.
///
/// A difference of logarithms is detectable from `(t(0.975, df) + t(0.8, df)) · standard error` on.
final class Power {

    /// Probability to see a difference that is there.
    static final double POWER = 0.8;

    /// More forks than this are not a proposal.
    static final int MAX_FORKS = 10_000;

    private Power() {}

    /// @return as an effect: 0.02 is 2 % more
    static double minimumDetectableEffect(LogRatio estimate) {
        return Math.expm1(reach(estimate.degreesOfFreedom()) * estimate.standardError());
    }

    /// Forks a side with which an effect of `margin` would be detectable, the forks varying as they did.
    ///
    /// @param fork how much the forks vary
    /// @return at least 3; empty beyond [#MAX_FORKS]
    static OptionalInt forksNeeded(ForkSpread fork, double margin) {
        double wanted = Math.log1p(margin);
        if (!isEnough(fork, MAX_FORKS, wanted)) {
            return OptionalInt.empty();
        }
        int tooFew = CaseStatistics.FORKS_FOR_INTERVAL - 1;
        int enough = MAX_FORKS;
        // More forks always see more, so that halving finds the first that is enough.
        while (enough - tooFew > 1) {
            int middle = (tooFew + enough) >>> 1;
            if (isEnough(fork, middle, wanted)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return OptionalInt.of(enough);
    }

    private static boolean isEnough(ForkSpread fork, int forks, double wanted) {
        return reach(fork.degreesOfFreedom(forks)) * fork.standardError(forks) <= wanted;
    }

    private static double reach(double degreesOfFreedom) {
        return LogRatio.quantile(CaseStatistics.CONFIDENCE, degreesOfFreedom)
                + TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(1 - POWER);
    }

    /// How much one fork says, whatever their number.
    ///
    /// @param baseline  variance of the baseline's logs; of the differences where forks are paired
    /// @param candidate variance of the candidate's logs; 0 where forks are paired
    /// @param isPaired  whether fork i belongs to fork i
    record ForkSpread(double baseline, double candidate, boolean isPaired) {

        static ForkSpread paired(double[] baselineLogs, double[] candidateLogs) {
            var differences = new double[baselineLogs.length];
            for (int i = 0; i < differences.length; i++) {
                differences[i] = candidateLogs[i] - baselineLogs[i];
            }
            return new ForkSpread(LogRatio.variance(differences), 0, true);
        }

        static ForkSpread independent(double[] baselineLogs, double[] candidateLogs) {
            return new ForkSpread(LogRatio.variance(baselineLogs), LogRatio.variance(candidateLogs), false);
        }

        double standardError(int forks) {
            return Math.sqrt((baseline + candidate) / forks);
        }

        /// Welch and Satterthwaite's, for as many forks on each side.
        double degreesOfFreedom(int forks) {
            double both = baseline + candidate;
            if (isPaired) {
                return forks - 1.0;
            }
            return both == 0
                    ? 2.0 * (forks - 1)
                    : (forks - 1) * both * both / (baseline * baseline + candidate * candidate);
        }
    }
}
