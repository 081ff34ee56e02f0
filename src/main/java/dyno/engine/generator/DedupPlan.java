package dyno.engine.generator;

/// Which of the distinct units stands where in a stream.
///
/// Layout `INTERLEAVED` works in windows: the distinct units of a window one after the other, again and again
/// until the window has `dedup` times as many units. Layout `DGEN` is one window as long as the stream. Immutable.
final class DedupPlan {

    /// Repeats within a full window are this far apart: out of sight of common LZ windows.
    private static final int REPEAT_DISTANCE_BYTES = 1 << 26;

    private static final int MIN_DISTINCT_PER_WINDOW = 1024;

    private final long units;
    private final long windowUnits;
    private final long windowDistinct;
    private final long fullWindows;
    private final long lastUnits;
    private final long lastDistinct;

    private DedupPlan(long units, long windowUnits, long windowDistinct, double dedup) {
        this.units = units;
        this.windowUnits = windowUnits;
        this.windowDistinct = windowDistinct;
        this.fullWindows = units / windowUnits;
        this.lastUnits = units % windowUnits;
        this.lastDistinct = lastUnits == 0 ? 0 : distinct(lastUnits, dedup);
    }

    /// @param length    bytes of the stream, at least 1; [Content#ENDLESS] makes full windows only
    /// @param unitBytes bytes of a unit
    static DedupPlan of(Layout layout, long length, int unitBytes, double dedup) {
        long units = (length - 1) / unitBytes + 1;
        if (dedup == 1) {
            return new DedupPlan(units, units, units, dedup);
        }
        if (layout == Layout.DGEN && length != Content.ENDLESS) {
            return new DedupPlan(units, units, distinct(units, dedup), dedup);
        }
        long distinctPerWindow = Math.max(MIN_DISTINCT_PER_WINDOW, REPEAT_DISTANCE_BYTES / unitBytes);
        return new DedupPlan(units, rounded(distinctPerWindow * dedup), distinctPerWindow, dedup);
    }

    /// Units of the stream, the last one perhaps cut short.
    long units() {
        return units;
    }

    long distinctUnits() {
        return fullWindows * windowDistinct + lastDistinct;
    }

    /// units : distinct units.
    double effectiveRatio() {
        return units / (double) distinctUnits();
    }

    /// Which distinct unit stands at `unit`; equal ids are equal bytes. Benchmark: `DedupPlanBenchmark.contentId`.
    long contentId(long unit) {
        long window = unit / windowUnits;
        long inWindow = unit - window * windowUnits;
        return window * windowDistinct + inWindow % (window < fullWindows ? windowDistinct : lastDistinct);
    }

    private static long distinct(long units, double dedup) {
        return Math.max(1, rounded(units / dedup));
    }

    private static long rounded(double value) {
        return (long) Math.floor(value + 0.5);
    }
}
