package dyno.measurement;

import dyno.measurement.Score.Better;
import java.util.Arrays;
import java.util.List;

/// Figures that another tool measured, one for each of its iterations, fork by fork.
public final class ForeignFigures {

    /// A figure becomes a sample of as many operations as it takes to keep 15 digits of it in whole
    /// nanoseconds.
    private static final int DIGITS = 15;

    private static final double NANOS_PER_SECOND = 1e9;

    private ForeignFigures() {}

    /// Their score as Dyno's own: geometric mean over forks of each fork's median, with a Student-t
    /// interval.
    ///
    /// @param unit  the tool's: `ops/us`, `ns/op`
    /// @param forks at least one, each with at least one figure
    public static Score score(String unit, Better better, List<double[]> forks) {
        int samples = forks.stream().mapToInt(fork -> fork.length).sum();
        var logs = forks.stream()
                .mapToDouble(fork -> Math.log(Throughput.median(fork)))
                .toArray();
        if (Arrays.stream(logs).anyMatch(log -> !Double.isFinite(log))) {
            var reason = Throughput.ZERO_THROUGHPUT;
            return new Score(null, reason, unit, better, null, reason, forks.size(), samples);
        }
        double mean = LogRatio.mean(logs);
        if (logs.length < CaseStatistics.FORKS_FOR_INTERVAL) {
            return new Score(
                    Math.exp(mean), null, unit, better, null, CaseStatistics.NEEDS_3_FORKS, forks.size(), samples);
        }
        double reach = LogRatio.quantile(CaseStatistics.CONFIDENCE, logs.length - 1.0)
                * Math.sqrt(LogRatio.squaredErrorOfMean(logs));
        var interval = new Interval(Math.exp(mean - reach), Math.exp(mean + reach));
        return new Score(Math.exp(mean), null, unit, better, interval, null, forks.size(), samples);
    }

    /// Whether a sample can give the figure again: between one operation in thirty years and 10^18 a
    /// second.
    public static boolean canBeKept(double operationsPerSecond) {
        return operationsPerSecond >= 1e-9 && operationsPerSecond <= 1e18;
    }

    /// A figure as a sample that gives it again: its operations over its seconds. How many of either the
    /// tool counted is not known.
    ///
    /// @param operationsPerSecond one that [#canBeKept]
    public static Sample sample(double operationsPerSecond) {
        if (!canBeKept(operationsPerSecond)) {
            throw new IllegalArgumentException(operationsPerSecond + " operations a second cannot be kept");
        }
        // Seconds of about 10^6, so that nanoseconds have 15 digits; operations a power of ten within a long.
        int power = Math.clamp(Math.round(Math.log10(operationsPerSecond)) + DIGITS - 9, 0, 18);
        long operations = 1;
        for (int i = 0; i < power; i++) {
            operations *= 10;
        }
        long nanos = Math.round(operations / operationsPerSecond * NANOS_PER_SECOND);
        return new Sample(nanos, operations, operations, 0);
    }
}
