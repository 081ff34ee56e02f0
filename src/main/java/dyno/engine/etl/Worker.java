package dyno.engine.etl;

import dyno.engine.etl.Latencies.Bundle;
import dyno.engine.etl.StageClock.Stage;
import java.io.IOException;

/// One worker of a run: takes batches, transforms and loads them until there are no more. Used by one thread.
final class Worker<B extends Batch> {

    /// Figures of so many batches are brought to the shared histograms at once.
    private static final int BUNDLE = 64;

    private final int index;
    private final HandOver<B> handOver;
    private final TransformRunner<B> transforms;
    private final Delivery delivery;
    private final Sink.Loader loader;
    private final Stop stop;
    private final Tally tally;
    private final Latencies latencies;
    private final Time time;
    private final boolean isPaced;
    private final long[] queueNanos = new long[BUNDLE];
    private final long[] transformNanos = new long[BUNDLE];
    private final long[] loadNanos = new long[BUNDLE];
    private final long[] recordNanos = new long[BUNDLE];
    private final int[] records = new int[BUNDLE];
    private int bundled;

    /// What workers of one pipeline share.
    record Shared<B extends Batch>(HandOver<B> handOver, Latencies latencies, Time time, boolean isPaced) {}

    Worker(int index, Shared<B> shared, TransformRunner<B> transforms, Delivery delivery, Delivery.WorkerParts parts) {
        this.index = index;
        this.handOver = shared.handOver();
        this.transforms = transforms;
        this.delivery = delivery;
        this.loader = parts.loader();
        this.stop = parts.stop();
        this.tally = parts.tally();
        this.latencies = shared.latencies();
        this.time = shared.time();
        this.isPaced = shared.isPaced();
    }

    void run(StageClock clock) throws IOException, InterruptedException {
        try {
            B batch = null;
            // Nothing is waited for while records wait, so that no interrupt would be noticed.
            while (!stop.isStopping() && (batch = handOver.take(index, batch, tally)) != null) {
                clock.mark(Stage.HAND_OVER);
                process(batch, clock);
            }
            clock.mark(Stage.HAND_OVER);
            if (!stop.isStopping()) {
                loader.finish();
                clock.mark(Stage.LOAD);
            }
        } finally {
            flush();
        }
    }

    private void process(B batch, StageClock clock) throws IOException, InterruptedException {
        long taken = time.nanos();
        int size = batch.size();
        long bytes = batch.inputBytes();
        tally.addBatch(size, bytes);
        var results = transforms.run(batch, tally, clock);
        clock.mark(Stage.TRANSFORM);
        long transformed = time.nanos();
        long before = tally.rows;
        delivery.deliver(batch, results);
        tally.addDone(size);
        tally.inputBytes += bytes;
        clock.mark(Stage.LOAD);
        long loaded = time.nanos();
        queueNanos[bundled] = taken - batch.handedOverNanos();
        transformNanos[bundled] = transformed - taken;
        loadNanos[bundled] = loaded - transformed;
        recordNanos[bundled] = loaded - batch.oldestNanos();
        records[bundled] = isPaced || tally.rows == before ? 0 : size;
        if (isPaced) {
            latencies.addRecords(batch.dueNanos(), size, loaded);
        }
        if (++bundled == BUNDLE) {
            flush();
        }
    }

    private void flush() {
        latencies.add(new Bundle(bundled, queueNanos, transformNanos, loadNanos, recordNanos, records));
        bundled = 0;
    }
}
