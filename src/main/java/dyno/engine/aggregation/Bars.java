package dyno.engine.aggregation;

import dyno.engine.JobCase;
import dyno.engine.Metrics;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The bars that the engine is held to, as metrics `bar…` of the cases that they are about: `pass` or
/// `miss`, what was found and what is required. They were set for two processors and workloads left at
/// their defaults. Stateless.
final class Bars {

    private static final double PLAN_ROWS_PER_SECOND = 2.0e6;
    private static final double PLAN_LOADED_ROWS_PER_SECOND = 0.8e6;
    private static final double FEW_GROUPS_ROWS_PER_SECOND = 4.0e6;
    private static final double PRODUCTION_ROWS_PER_SECOND = 2.0e6;
    private static final double OVER_DUCKDB = 2.0;
    private static final double OVER_ONE_WORKER = 1.5;
    private static final double OVER_PER_ROW = 5.0;
    /// Exact sums may be a tenth slower than sums of doubles.
    private static final double OVER_DOUBLE_SUMS = 1 / 1.1;

    private static final double PEAK_BYTES = 600e6;
    private static final int DEFAULT_CHUNK_ROWS = 100_000;

    private Bars() {}

    /// Adds the bars of a case whose other metrics are complete.
    static void put(JobCase<AggregationWorkload> one) {
        var workload = one.workload();
        if (!isDefault(workload)) {
            return;
        }
        var metrics = one.metrics();
        var score = one.score();
        boolean isLoaded = workload.loadMethod() == LoadMethod.COPY_BINARY;
        if (isScale(workload, Scale.PLAN_1M) && isLoaded) {
            atLeast(metrics, "barRowsPerSecond", score, PLAN_LOADED_ROWS_PER_SECOND);
        } else if (isScale(workload, Scale.PLAN_1M)) {
            atLeast(metrics, "barRowsPerSecond", score, PLAN_ROWS_PER_SECOND);
            ratio(metrics, "speedupOverDuckDb", OVER_DUCKDB);
            ratio(metrics, "speedupOverOneWorker", OVER_ONE_WORKER);
            ratio(metrics, "speedupOverDoubleSums", OVER_DOUBLE_SUMS);
        } else if (isScale(workload, Scale.PRODUCTION_MEDIUM) && isLoaded) {
            atLeast(metrics, "barRowsPerSecond", score, PRODUCTION_ROWS_PER_SECOND);
        } else if (isShape(workload, 4, 24) && !isLoaded) {
            atLeast(metrics, "barRowsPerSecond", score, FEW_GROUPS_ROWS_PER_SECOND);
            ratio(metrics, "speedupOverPerRow", OVER_PER_ROW);
        } else if (isShape(workload, 31, 3) || isShape(workload, 31, 24)) {
            peak(metrics);
        }
    }

    private static boolean isDefault(AggregationWorkload workload) {
        return workload.strategy() == Strategy.STREAMING_PARALLEL
                && workload.workers() == 2
                && workload.chunkRows() == DEFAULT_CHUNK_ROWS
                && workload.prefetch() == Prefetch.BOUNDED
                && workload.columnPruning()
                && workload.labelMode() == LabelMode.PER_DISTINCT
                && workload.sums() == Sums.EXACT
                && workload.outputs().equals(List.of(Output.POD))
                && (workload.loadMethod() == LoadMethod.NONE || workload.loadMethod() == LoadMethod.COPY_BINARY);
    }

    private static boolean isScale(AggregationWorkload workload, Scale scale) {
        var generate = workload.input().generate();
        return generate != null
                && generate.scale() == scale
                && !workload.input().isThroughStore();
    }

    /// The shapes of the bars for few groups and for memory.
    private static boolean isShape(AggregationWorkload workload, int days, int hours) {
        var generate = workload.input().generate();
        return generate != null
                && generate.isSized()
                && generate.scale() == null
                && generate.podCount() == 10_000
                && generate.nodeCount() == 50
                && generate.namespaceCount() == 30
                && generate.labelCardinality() == 1
                && generate.days() == days
                && generate.hoursPerDay() == hours;
    }

    private static void ratio(Metrics metrics, String metric, double required) {
        if (metrics.values().get(metric) instanceof Double found) {
            put(
                    metrics,
                    "bar" + metric.substring(0, 1).toUpperCase(Locale.ROOT) + metric.substring(1),
                    found,
                    required);
        }
    }

    private static void atLeast(Metrics metrics, String bar, @Nullable Double found, double required) {
        if (found != null) {
            put(metrics, bar, found, required);
        }
    }

    private static void put(Metrics metrics, String bar, double found, double required) {
        metrics.put(bar, word(found >= required, found, "at least", required));
    }

    private static void peak(Metrics metrics) {
        if (metrics.values().get("peakRssBytes") instanceof Number found) {
            metrics.put(
                    "barPeakRssBytes",
                    word(found.doubleValue() <= PEAK_BYTES, found.doubleValue(), "at most", PEAK_BYTES));
        }
    }

    private static String word(boolean isMet, double found, String bound, double required) {
        return "%s: %.4g, %s %.4g".formatted(isMet ? "pass" : "miss", found, bound, required);
    }
}
