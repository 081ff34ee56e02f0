package dyno.measurement;

import org.apache.commons.statistics.distribution.NormalDistribution;

/// How far from balance the pairs of a series without trend come out by chance.
///
/// With *n* values there are *n(n − 1)/2* pairs; *S* is those that rise less those that fall. Where every
/// order of the values is as likely as any other, the number of falling pairs has the distribution of a
/// permutation's inversions.
final class InversionCounts {

    /// Beyond, the normal approximation is right to three digits.
    private static final int MOST_EXACT = 50;

    private InversionCounts() {}

    /// Probability that |S| is at least `distance`.
    static double atLeastAsFar(int n, long distance) {
        if (distance == 0) {
            return 1;
        }
        return n <= MOST_EXACT ? exact(n, distance) : approximate(n, distance);
    }

    private static double exact(int n, long distance) {
        int pairs = n * (n - 1) / 2;
        var chances = new double[pairs + 1];
        chances[0] = 1;
        // The k-th value falls behind 0 to k − 1 of those before it, each with the same chance.
        for (int k = 2; k <= n; k++) {
            int before = (k - 1) * (k - 2) / 2;
            var next = new double[pairs + 1];
            for (int inversions = 0; inversions <= before; inversions++) {
                for (int more = 0; more < k; more++) {
                    next[inversions + more] += chances[inversions] / k;
                }
            }
            chances = next;
        }
        double sum = 0;
        for (int inversions = 0; inversions <= pairs; inversions++) {
            if (Math.abs(pairs - 2L * inversions) >= distance) {
                sum += chances[inversions];
            }
        }
        return Math.min(1, sum);
    }

    private static double approximate(int n, long distance) {
        double variance = n * (n - 1.0) * (2.0 * n + 5) / 18;
        // S moves in steps of 2: half of one is the correction for continuity.
        return 2 * NormalDistribution.of(0, 1).survivalProbability((distance - 1) / Math.sqrt(variance));
    }
}
