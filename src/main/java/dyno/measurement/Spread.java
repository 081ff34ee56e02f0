package dyno.measurement;

import dyno.engine.ScoreUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A coefficient of variation, or why there is none.
///
/// @param value  standard deviation (n − 1) over mean
/// @param reason why `value` is null; null otherwise
record Spread(@Nullable Double value, @Nullable String reason) {

    /// Of iteration throughput within a fork; the mean over the forks that have two samples or more.
    static Spread within(ScoreUnit unit, List<List<Sample>> forks) {
        var spreads = forks.stream()
                .filter(samples -> samples.size() > 1)
                .map(samples -> of(unit, samples))
                .toList();
        if (spreads.isEmpty()) {
            return absent("NEEDS_2_SAMPLES");
        }
        for (var spread : spreads) {
            if (spread.reason() != null) {
                return spread;
            }
        }
        return new Spread(
                spreads.stream()
                        .mapToDouble(spread -> Objects.requireNonNull(spread.value()))
                        .average()
                        .orElseThrow(),
                null);
    }

    /// Of the forks' medians.
    static Spread between(ScoreUnit unit, List<List<Sample>> forks) {
        if (forks.size() < 2) {
            return absent("NEEDS_2_FORKS");
        }
        var throughput = Throughput.of(unit, forks);
        var reason = throughput.absenceReason();
        return reason == null ? of(throughput.medians()) : absent(reason);
    }

    private static Spread of(ScoreUnit unit, List<Sample> samples) {
        var perSecond = Throughput.perSecond(unit, samples);
        for (double value : perSecond) {
            if (!Double.isFinite(value)) {
                return absent(Throughput.NO_TIME_ELAPSED);
            }
        }
        return LogRatio.mean(perSecond) == 0 ? absent(ScoreUnit.ZERO_THROUGHPUT) : of(perSecond);
    }

    private static Spread of(double[] values) {
        return new Spread(Math.sqrt(LogRatio.variance(values)) / LogRatio.mean(values), null);
    }

    private static Spread absent(String reason) {
        return new Spread(null, reason);
    }
}
