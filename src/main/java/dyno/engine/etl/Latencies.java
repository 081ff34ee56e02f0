package dyno.engine.etl;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// How long batches waited, were transformed and loaded, and how long records were on their way, over many
/// invocations. Safe for any number of threads; workers bring their figures in bundles.
final class Latencies {

    private static final int DIGITS = 3;
    private static final double NANOS_A_MILLI = 1e6;

    /// Latencies beyond a day come out as a day.
    private static final long MOST = TimeUnit.DAYS.toNanos(1);

    private final Histogram queue = new Histogram(DIGITS);
    private final Histogram transform = new Histogram(DIGITS);
    private final Histogram load = new Histogram(DIGITS);
    private final Histogram record = new Histogram(DIGITS);

    /// Figures of some batches, and of records by themselves where the load is open.
    ///
    /// @param batches       entries of the first four arrays in use
    /// @param recordNanos   on their way: of the oldest record of each batch, which counts for all of it
    @SuppressWarnings("ArrayRecordComponent") // Handed over, never compared.
    record Bundle(
            int batches,
            long[] queueNanos,
            long[] transformNanos,
            long[] loadNanos,
            long[] recordNanos,
            int[] records) {}

    synchronized void add(Bundle bundle) {
        for (int i = 0; i < bundle.batches(); i++) {
            queue.recordValue(bounded(bundle.queueNanos()[i]));
            transform.recordValue(bounded(bundle.transformNanos()[i]));
            load.recordValue(bounded(bundle.loadNanos()[i]));
            if (bundle.records()[i] > 0) {
                record.recordValueWithCount(bounded(bundle.recordNanos()[i]), bundle.records()[i]);
            }
        }
    }

    /// Records of one batch under open load, each from when it was due.
    synchronized void addRecords(long[] dueNanos, int count, long ackNanos) {
        for (int i = 0; i < count; i++) {
            record.recordValue(bounded(ackNanos - dueNanos[i]));
        }
    }

    synchronized void reset() {
        queue.reset();
        transform.reset();
        load.reset();
        record.reset();
    }

    synchronized Map<String, Object> stages() {
        var stages = new LinkedHashMap<String, Object>();
        stages.put("queue", quantiles(queue));
        stages.put("transform", quantiles(transform));
        stages.put("load", quantiles(load));
        return stages;
    }

    synchronized Map<String, Object> records() {
        return quantiles(record);
    }

    private static Map<String, Object> quantiles(Histogram histogram) {
        var quantiles = new LinkedHashMap<String, Object>();
        quantiles.put("p50", histogram.getValueAtPercentile(50) / NANOS_A_MILLI);
        quantiles.put("p95", histogram.getValueAtPercentile(95) / NANOS_A_MILLI);
        quantiles.put("p99", histogram.getValueAtPercentile(99) / NANOS_A_MILLI);
        quantiles.put("max", histogram.getMaxValue() / NANOS_A_MILLI);
        return quantiles;
    }

    private static long bounded(long nanos) {
        return Math.clamp(nanos, 0, MOST);
    }
}
