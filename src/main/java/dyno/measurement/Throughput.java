package dyno.measurement;

import dyno.engine.ScoreUnit;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;
import org.jspecify.annotations.Nullable;

/// What forks got done a second, as scores see it: one figure a fork, the median of its iterations. Immutable.
final class Throughput {

    /// No fork measured anything, or one of them did not.
    static final String NO_SAMPLES = "NO_SAMPLES";

    /// An iteration took less than the clock can tell.
    static final String NO_TIME_ELAPSED = "NO_TIME_ELAPSED";

    /// Hyndman and Fan's type 7, what R, NumPy and spreadsheets mean by a quantile.
    static final Quantile TYPE_7 = Quantile.withDefaults().with(EstimationMethod.HF7);

    private final double[] medians;
    private final double[] medianLogs;
    private final @Nullable String absenceReason;

    private Throughput(double[] medians, @Nullable String absenceReason) {
        this.medians = medians;
        this.medianLogs = Arrays.stream(medians).map(Math::log).toArray();
        this.absenceReason = absenceReason;
    }

    static Throughput of(ScoreUnit unit, List<List<Sample>> forks) {
        if (forks.isEmpty() || forks.stream().anyMatch(List::isEmpty)) {
            return absent(NO_SAMPLES);
        }
        if (forks.stream().flatMap(List::stream).anyMatch(sample -> sample.elapsedNanos() <= 0)) {
            return absent(NO_TIME_ELAPSED);
        }
        var medians = forks.stream()
                .mapToDouble(samples -> median(perSecond(unit, samples)))
                .toArray();
        if (Arrays.stream(medians).anyMatch(median -> median <= 0)) {
            return absent(unit.nothing());
        }
        return new Throughput(medians, null);
    }

    private static Throughput absent(String reason) {
        return new Throughput(new double[0], reason);
    }

    /// By fork; empty where there is a reason.
    double[] medians() {
        return medians;
    }

    /// Natural logarithms of [#medians].
    double[] medianLogs() {
        return medianLogs;
    }

    /// Why the forks have no score; null where they have one.
    @Nullable
    String absenceReason() {
        return absenceReason;
    }

    static double[] perSecond(ScoreUnit unit, List<Sample> samples) {
        return samples.stream().mapToDouble(sample -> perSecond(unit, sample)).toArray();
    }

    static double perSecond(ScoreUnit unit, Sample sample) {
        long count = switch (unit.counted()) {
            case ITEMS -> sample.items();
            case BYTES -> sample.bytes();
        };
        return (double) count * TimeUnit.SECONDS.toNanos(1) / sample.elapsedNanos();
    }

    static double median(double[] values) {
        return TYPE_7.evaluate(values, 0.5);
    }
}
