package dyno.measurement;

import dyno.engine.ScoreUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a fork's iterations had settled, or were still getting faster (a JIT compiler at work, caches
/// that fill) or slower (a clock that throttles, a heap that fills).
///
/// A stretch of the series drifts where Mann and Kendall's test for a trend, two-sided and exact, gives
/// less than 5 %, and Theil and Sen's slope makes a drift of 3 % or more from its first iteration to its
/// last. A fork is steady from the first iteration on after which nothing drifts, if that comes before the
/// middle of the series.
///
/// @param isSteady null with fewer than five samples
/// @param from     index of the first steady iteration; null where there is none
/// @param reason   why `isSteady` is null; null otherwise
/// @see <a href="https://en.wikipedia.org/wiki/Kendall_rank_correlation_coefficient">Kendall's tau</a>
public record SteadyState(
        @Nullable Boolean isSteady,
        @Nullable Integer from,
        @Nullable String reason) {

    /// With four, even a strictly rising series comes about by chance once in twelve times.
    private static final int FEWEST = 5;

    private static final double SIGNIFICANT = 0.05;
    private static final double LEAST_DRIFT = 0.03;

    /// How many starts are tried at most: the first iteration, and others before the middle of the series.
    private static final int STARTS = 6;

    /// Of the throughput of a fork's iterations.
    public static SteadyState of(ScoreUnit unit, List<Sample> samples) {
        if (samples.size() < FEWEST) {
            return new SteadyState(null, null, "NEEDS_%d_SAMPLES".formatted(FEWEST));
        }
        if (samples.stream().anyMatch(sample -> sample.elapsedNanos() <= 0)) {
            return new SteadyState(null, null, Throughput.NO_TIME_ELAPSED);
        }
        var from = from(Throughput.perSecond(unit, samples));
        return new SteadyState(from != null, from, null);
    }

    static @Nullable Integer from(double[] series) {
        int middle = Math.ceilDiv(series.length, 2);
        int step = Math.ceilDiv(middle, STARTS);
        for (int start = 0; start < middle && series.length - start >= FEWEST; start += step) {
            if (!drifts(Arrays.copyOfRange(series, start, series.length))) {
                return start;
            }
        }
        return null;
    }

    static boolean drifts(double[] series) {
        return trend(series) < SIGNIFICANT && Math.abs(drift(series)) >= LEAST_DRIFT;
    }

    /// Two-sided p of Mann and Kendall's test.
    static double trend(double[] series) {
        int n = series.length;
        long s = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                s += (long) Math.signum(series[j] - series[i]);
            }
        }
        return InversionCounts.atLeastAsFar(n, Math.abs(s));
    }

    /// Slope times the length of the series, as a share of its median; 0 where that is 0.
    static double drift(double[] series) {
        int n = series.length;
        var slopes = new double[n * (n - 1) / 2];
        int next = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                slopes[next++] = (series[j] - series[i]) / (j - i);
            }
        }
        double median = Throughput.median(series);
        return median == 0 ? 0 : Throughput.median(slopes) * (n - 1) / median;
    }
}
