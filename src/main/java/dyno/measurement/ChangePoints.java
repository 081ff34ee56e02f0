package dyno.measurement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Where a series of scores changes its level: E-divisive means, on the logarithms of the scores.
///
/// A series is split where the energy statistic of the two sides is largest, if so large a one is rare
/// among the series' permutations; both sides are split again. Then the change points with the
/// smallest change go, one after the other, while that change is below the least that matters.
/// Permutations come from a fixed seed: the same scores always have the same change points.
///
/// ```text
/// Q(X, Y) = m·n/(m+n) · ( 2·mean|x−y| − mean|x−x'| − mean|y−y'| )        x, x' in X (m), y, y' in Y (n)
/// p       = (1 + permutations whose largest Q is as large) / (1 + permutations)
/// ```
///
/// @see <a href="https://doi.org/10.1080/01621459.2013.849605">Matteson and James 2014</a>
public final class ChangePoints {

    /// Fewer runs say more about noise than about a level.
    public static final int MIN_SEGMENT = 5;

    public static final double MAX_P = 0.001;

    public static final double MIN_MAGNITUDE = 0.03;

    /// Two of them may be as extreme: one could be so by chance although its like is rare.
    private static final int PERMUTATIONS = 2_999;

    private static final long SEED = 0x5ca1ab1eL;

    /// A change of level.
    ///
    /// @param index     of the first score on the new level
    /// @param before    geometric mean of the scores since the change before
    /// @param after     of those up to the next change
    /// @param magnitude `after` over `before` less 1
    /// @param pValue    share of permutations that split as well
    public record ChangePoint(int index, double before, double after, double magnitude, double pValue) {}

    private ChangePoints() {}

    /// @param scores in the order of time, each above 0
    /// @return in the order of time
    /// @throws IllegalArgumentException for a score that is not above 0
    public static List<ChangePoint> of(double[] scores) {
        var logs = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            if (!(scores[i] > 0)) {
                throw new IllegalArgumentException("Score %s at %d is not above 0".formatted(scores[i], i));
            }
            logs[i] = Math.log(scores[i]);
        }
        var splits = new TreeMap<Integer, Double>();
        split(logs, 0, logs.length, splits);
        return largeEnough(logs, splits);
    }

    private static void split(double[] logs, int from, int to, NavigableMap<Integer, Double> splits) {
        var segment = Arrays.copyOfRange(logs, from, to);
        var best = best(segment);
        if (best.index() == 0) {
            return;
        }
        double p = pValue(segment, best.statistic());
        if (p <= MAX_P) {
            splits.put(from + best.index(), p);
            split(logs, from, from + best.index(), splits);
            split(logs, from + best.index(), to, splits);
        }
    }

    /// @param index     of the right side's first value; 0 where nothing can be split
    /// @param statistic Q there
    record Split(int index, double statistic) {}

    /// The split with the largest Q, the first of equals.
    ///
    /// All pairs are looked at once: moving the border past a value moves its distances from one sum
    /// to another.
    static Split best(double[] values) {
        int all = values.length;
        double within = 0;
        double between = 0;
        double right = 0;
        for (int i = 0; i < all; i++) {
            for (int j = i + 1; j < all; j++) {
                right += Math.abs(values[i] - values[j]);
            }
        }
        int index = 0;
        double largest = 0;
        for (int left = 1; left <= all - MIN_SEGMENT; left++) {
            double moved = values[left - 1];
            double toLeft = 0;
            for (int i = 0; i < left - 1; i++) {
                toLeft += Math.abs(values[i] - moved);
            }
            double toRight = 0;
            for (int i = left; i < all; i++) {
                toRight += Math.abs(values[i] - moved);
            }
            within += toLeft;
            right -= toRight;
            between += toRight - toLeft;
            if (left >= MIN_SEGMENT) {
                double statistic = energy(left, all - left, within, right, between);
                if (statistic > largest) {
                    largest = statistic;
                    index = left;
                }
            }
        }
        return new Split(index, largest);
    }

    /// Q of sums over pairs.
    private static double energy(int m, int n, double left, double right, double between) {
        double pairs = 2 * between / ((double) m * n);
        double inLeft = left / (m * (m - 1) / 2.0);
        double inRight = right / (n * (n - 1) / 2.0);
        return (double) m * n / (m + n) * (pairs - inLeft - inRight);
    }

    private static double pValue(double[] values, double observed) {
        var random = new SplittableRandom(SEED);
        var shuffled = values.clone();
        // Sums of the same distances in another order differ in their last bits.
        double asLarge = observed * (1 - 1e-9);
        double mostThatCount = MAX_P * (1 + PERMUTATIONS) - 1;
        int extreme = 0;
        for (int i = 1; i <= PERMUTATIONS; i++) {
            shuffle(shuffled, random);
            if (best(shuffled).statistic() >= asLarge) {
                extreme++;
                // It cannot become significant any more, and nobody sees the p-value of what is not.
                if (extreme > mostThatCount) {
                    return (1.0 + extreme) / (1.0 + i);
                }
            }
        }
        return (1.0 + extreme) / (1.0 + PERMUTATIONS);
    }

    private static void shuffle(double[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double swap = values[i];
            values[i] = values[j];
            values[j] = swap;
        }
    }

    private static List<ChangePoint> largeEnough(double[] logs, NavigableMap<Integer, Double> splits) {
        while (true) {
            var changes = changes(logs, splits);
            var smallest = changes.stream()
                    .min((a, b) -> Double.compare(size(a), size(b)))
                    .filter(change -> size(change) < MIN_MAGNITUDE);
            if (smallest.isEmpty()) {
                return changes;
            }
            splits.remove(smallest.get().index());
        }
    }

    private static double size(ChangePoint change) {
        return Math.abs(change.magnitude());
    }

    private static List<ChangePoint> changes(double[] logs, NavigableMap<Integer, Double> splits) {
        var changes = new ArrayList<ChangePoint>();
        int from = 0;
        for (var split : splits.entrySet()) {
            int index = split.getKey();
            var next = splits.higherKey(index);
            double before = LogRatio.mean(Arrays.copyOfRange(logs, from, index));
            double after = LogRatio.mean(Arrays.copyOfRange(logs, index, next == null ? logs.length : next));
            changes.add(new ChangePoint(
                    index, Math.exp(before), Math.exp(after), Math.expm1(after - before), split.getValue()));
            from = index;
        }
        return List.copyOf(changes);
    }
}
