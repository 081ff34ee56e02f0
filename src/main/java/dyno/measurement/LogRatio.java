package dyno.measurement;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/// By what factor one side's forks differ from another's, estimated on the logarithms of their medians: a Student-t
/// test of the difference of two means, or of the mean of paired differences.
///
/// @param logRatio         mean of the candidate's logs less mean of the baseline's
/// @param standardError    of `logRatio`; 0 where the forks of each side do not differ at all
/// @param degreesOfFreedom of Student's t; Welch–Satterthwaite's where the sides are not paired
public record LogRatio(double logRatio, double standardError, double degreesOfFreedom) {

    /// Fork i against fork i, which ran next to each other and so saw the same machine.
    ///
    /// @param baselineLogs  at least 2
    /// @param candidateLogs as many
    public static LogRatio paired(double[] baselineLogs, double[] candidateLogs) {
        if (baselineLogs.length != candidateLogs.length) {
            throw new IllegalArgumentException(
                    "%d forks cannot be paired with %d".formatted(baselineLogs.length, candidateLogs.length));
        }
        requireTwo(baselineLogs);
        var differences = new double[baselineLogs.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = candidateLogs[i] - baselineLogs[i];
        }
        return new LogRatio(mean(differences), Math.sqrt(squaredErrorOfMean(differences)), differences.length - 1.0);
    }

    /// Two independent sides, of variances that may differ (Welch).
    ///
    /// @param baselineLogs  at least 2
    /// @param candidateLogs at least 2
    public static LogRatio welch(double[] baselineLogs, double[] candidateLogs) {
        requireTwo(baselineLogs);
        requireTwo(candidateLogs);
        double a = squaredErrorOfMean(baselineLogs);
        double b = squaredErrorOfMean(candidateLogs);
        double pooled = a + b;
        int most = baselineLogs.length + candidateLogs.length - 2;
        double degrees = pooled == 0
                ? most
                : pooled * pooled / (a * a / (baselineLogs.length - 1) + b * b / (candidateLogs.length - 1));
        return new LogRatio(mean(candidateLogs) - mean(baselineLogs), Math.sqrt(pooled), degrees);
    }

    /// The candidate's geometric mean over the baseline's.
    public double ratio() {
        return Math.exp(logRatio);
    }

    /// Infinite where the sides differ and their forks do not; 0 where nothing differs at all.
    public double t() {
        return logRatio == 0 ? 0 : logRatio / standardError;
    }

    /// Two-sided: how likely so large a difference is where there is none.
    public double pValue() {
        return 2 * TDistribution.of(degreesOfFreedom).survivalProbability(Math.abs(t()));
    }

    /// Interval of [#ratio].
    ///
    /// @param confidence between 0 and 1, exclusive: 0.95
    public Interval interval(double confidence) {
        double reach = quantile(confidence, degreesOfFreedom) * standardError;
        return new Interval(Math.exp(logRatio - reach), Math.exp(logRatio + reach));
    }

    /// How many standard errors a two-sided interval reaches to each side.
    static double quantile(double confidence, double degreesOfFreedom) {
        return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability((1 - confidence) / 2);
    }

    static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    /// Variance over n; `values` has at least 2.
    static double squaredErrorOfMean(double[] values) {
        return variance(values) / values.length;
    }

    /// With n − 1 below the line; `values` has at least 2.
    static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.length - 1);
    }

    private static void requireTwo(double[] logs) {
        if (logs.length < 2) {
            throw new IllegalArgumentException("A variance needs 2 forks, not " + logs.length);
        }
    }
}
