package dyno.measurement;

import org.apache.commons.statistics.distribution.NormalDistribution;

/// A share that was counted, and what it may be.
public final class Proportion {

    private Proportion() {}

    /// Wilson's 95 % score interval.
    ///
    /// @param hits  0 to `trials`
    /// @param trials at least 1
    /// @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson 1927</a>
    public static Interval wilson(int hits, int trials) {
        if (trials < 1 || hits < 0 || hits > trials) {
            throw new IllegalArgumentException("%d of %d is no share".formatted(hits, trials));
        }
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - CaseStatistics.CONFIDENCE) / 2);
        double n = trials;
        double share = hits / n;
        double centre = share + z * z / (2 * n);
        double reach = z * Math.sqrt(share * (1 - share) / n + z * z / (4 * n * n));
        double scale = 1 + z * z / n;
        return new Interval(Math.max(0, (centre - reach) / scale), Math.min(1, (centre + reach) / scale));
    }
}
