package dyno.engine.etl;

/// When records are due under open load: record i, 0-based, at start + i / rate, whatever the pipeline does.
///
/// Used by one extractor.
final class Pacer {

    private static final double NANOS = 1e9;

    private final long startNanos;
    private final double ratePerSecond;

    Pacer(long startNanos, double ratePerSecond) {
        this.startNanos = startNanos;
        this.ratePerSecond = ratePerSecond;
    }

    long dueNanos(long record) {
        return startNanos + (long) (record * (NANOS / ratePerSecond));
    }

    /// How many records are due at `nowNanos` beyond the first `given`; at most `most`.
    int due(long given, long nowNanos, int most) {
        if (nowNanos < dueNanos(given)) {
            return 0;
        }
        long all = (long) ((nowNanos - startNanos) * ratePerSecond / NANOS) + 1;
        return Math.clamp(all - given, 1, most);
    }
}
