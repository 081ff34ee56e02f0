package dyno.catalog;

import java.math.BigDecimal;

/// Bounds in the words of a message.
///
/// @param min empty where there is none
/// @param max empty where there is none
record Bounds(String min, String max) {

    static Bounds of(long min, long max) {
        return new Bounds(Long.toString(min), Long.toString(max));
    }

    /// Of characters or elements, where `Integer.MAX_VALUE` is no bound.
    static Bounds ofCount(long min, long max) {
        return new Bounds(Long.toString(min), max == Integer.MAX_VALUE ? "" : Long.toString(max));
    }

    static Bounds of(double min, double max) {
        return new Bounds(words(min), words(max));
    }

    /// `512 to 1073741824`, `512 and more`, `1024 and less`.
    String allowed() {
        if (max.isEmpty()) {
            return min + " and more";
        }
        return min.isEmpty() ? max + " and less" : min + " to " + max;
    }

    String below() {
        return "is below %s; allowed are %s".formatted(min, allowed());
    }

    String above() {
        return "is above %s; allowed are %s".formatted(max, allowed());
    }

    private static String words(double bound) {
        return Double.isInfinite(bound)
                ? ""
                : new BigDecimal(Double.toString(bound)).stripTrailingZeros().toPlainString();
    }
}
