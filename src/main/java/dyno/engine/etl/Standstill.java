package dyno.engine.etl;

import dyno.engine.FailureCode;
import java.util.Map;

/// Notices that nothing moves in a pipeline although nothing failed. Used by the thread that watches.
final class Standstill {

    /// Beyond the longest time that a load with all its attempts may take.
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final PipelineSettings settings;
    private final long patienceNanos;
    private long lastMoved;
    private long lastProgress = -1;

    Standstill(PipelineSettings settings, long nowNanos) {
        this.settings = settings;
        this.lastMoved = nowNanos;
        var loading = settings.loading();
        // As a double, which does not overflow where something may take for ever.
        this.patienceNanos =
                (long) ((double) loading.timeoutNanos() * loading.retry().maxAttempts()
                        + loading.retry().maxNanos()
                        + (double) settings.transforming().waitNanos() * settings.largestBatch()
                        + gatheringNanos(settings)
                        + PATIENCE_NANOS);
    }

    /// How long a record is awaited, and then a batch in the making shows nothing of itself.
    private static double gatheringNanos(PipelineSettings settings) {
        if (!settings.isPaced()) {
            return 0;
        }
        double record = 1e9 / settings.ratePerSecond();
        double batch = Math.max(settings.largestBatch(), RecordHandOver.SAMPLING) * record;
        return record + Math.min((double) settings.batchTimeoutNanos(), batch);
    }

    /// @param progress rises with whatever is done
    /// @param stop     told, with all stacks, where it has not risen for too long
    void look(long progress, long nowNanos, Stop stop) {
        if (progress != lastProgress) {
            lastProgress = progress;
            lastMoved = nowNanos;
        } else if (nowNanos - lastMoved > patienceNanos && !stop.isStopping()) {
            stop.fail(failure(stop));
        }
    }

    private PipelineException failure(Stop stop) {
        return new PipelineException(
                FailureCode.ENGINE_ERROR,
                "Nothing moved in pipeline %d for %d s".formatted(settings.index(), patienceNanos / 1_000_000_000),
                Map.of("threads", stop.stacks()),
                null);
    }
}
