package dyno.environment;

import static java.util.Comparator.comparingDouble;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// A figure that may be missing, and where it is of.
///
/// @param value    null with a reason
/// @param reason   why `value` is null; null otherwise
/// @param caseName null where it is of the run as a whole
/// @param fork     null where it is not of one fork
record Reading(
        @Nullable Double value,
        @Nullable String reason,
        @Nullable String caseName,
        @Nullable Integer fork) {

    static Reading of(double value) {
        return new Reading(value, null, null, null);
    }

    /// @param reason null where nobody says: `NOT_RECORDED`
    static Reading absent(@Nullable String reason) {
        return new Reading(null, Objects.requireNonNullElse(reason, "NOT_RECORDED"), null, null);
    }

    /// The figure of that name, or `…Reason`.
    static Reading of(Map<String, @Nullable Object> figures, String name) {
        return figures.get(name) instanceof Number number
                ? of(number.doubleValue())
                : absent(figures.get(name + "Reason") instanceof String reason ? reason : null);
    }

    Reading map(DoubleUnaryOperator change) {
        return value == null ? this : new Reading(change.applyAsDouble(value), null, caseName, fork);
    }

    /// This over another: missing where one of them is, with the divisor's reason before this one's.
    Reading over(Reading divisor) {
        if (divisor.value() == null) {
            return absent(divisor.reason());
        }
        double by = divisor.value();
        return by > 0 ? map(figure -> figure / by) : absent("DIVISOR_IS_ZERO");
    }

    Reading at(String name, @Nullable Integer index) {
        return new Reading(value, reason, name, index);
    }

    /// The largest; where all are missing, the first.
    static Reading worst(List<Reading> readings) {
        return readings.stream()
                .filter(reading -> reading.value() != null)
                .max(comparingDouble(reading -> Objects.requireNonNull(reading.value())))
                .orElse(readings.getFirst());
    }

    static double median(double[] sorted) {
        return quantile(sorted, 0.5);
    }

    /// Hyndman and Fan's type 7.
    ///
    /// @param sorted at least one
    /// @param share  0 to 1
    static double quantile(double[] sorted, double share) {
        double place = (sorted.length - 1) * share;
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
