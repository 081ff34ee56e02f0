package dyno.measurement;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Benjamini and Hochberg's step-up procedure: of all differences that are called real, at most a
/// given share is expected to be chance, however many cases are compared.
///
/// @see <a href="https://doi.org/10.1111/j.2517-6161.1995.tb02031.x">Benjamini and Hochberg 1995</a>
public final class FalseDiscovery {

    private FalseDiscovery() {}

    /// The least rate at which each test would be called real: `min over j >= rank of p(j) · m / j`,
    /// at most 1.
    ///
    /// @param p raw p-values, each 0 to 1, in any order
    /// @return in the order of `p`
    public static double[] adjusted(double[] p) {
        int tests = p.length;
        var byP = IntStream.range(0, tests)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .toList();
        var adjusted = new double[tests];
        double least = 1;
        for (int rank = tests; rank >= 1; rank--) {
            int test = byP.get(rank - 1);
            least = Math.min(least, p[test] * tests / rank);
            adjusted[test] = least;
        }
        return adjusted;
    }
}
