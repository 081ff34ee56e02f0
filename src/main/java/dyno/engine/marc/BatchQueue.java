package dyno.engine.marc;

import dyno.engine.Cancellation;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Hands batches from the reader of a pipeline to its workers, and back when they are free. Safe for one reader
/// and any number of workers.
final class BatchQueue {

    private static final long CHECK_MILLIS = 100;

    private final Queue<Batch> free = new ArrayDeque<>();
    private final Queue<Batch> waiting = new ArrayDeque<>();
    private final int limit;
    private int onTheWay;
    private int highWater;
    private boolean isClosed;

    /// @param batches all there are
    /// @param limit   how many may be on the way before the reader lends a hand
    BatchQueue(List<Batch> batches, int limit) {
        free.addAll(batches);
        this.limit = limit;
    }

    /// A free batch for the reader; null where there is none, but one waits to be serialised.
    synchronized @Nullable Batch takeFree(Cancellation cancellation) throws InterruptedException {
        while (free.isEmpty() && waiting.isEmpty()) {
            wait(CHECK_MILLIS);
            cancellation.check();
        }
        return free.poll();
    }

    /// Sends a batch on its way.
    ///
    /// @return false where as many as may be are already; the reader then serialises one itself
    synchronized boolean send(Batch batch) {
        if (onTheWay == limit) {
            return false;
        }
        batch.isOnTheWay = true;
        waiting.add(batch);
        onTheWay++;
        highWater = Math.max(highWater, onTheWay);
        notifyAll();
        return true;
    }

    /// The oldest batch that waits, without waiting for one.
    synchronized @Nullable Batch poll() {
        return waiting.poll();
    }

    /// The oldest batch that waits; null once no more will come.
    synchronized @Nullable Batch take(Cancellation cancellation) throws InterruptedException {
        while (waiting.isEmpty() && !isClosed) {
            wait(CHECK_MILLIS);
            cancellation.check();
        }
        return waiting.poll();
    }

    /// A batch was written and may be used again.
    synchronized void release(Batch batch) {
        onTheWay -= batch.isOnTheWay ? 1 : 0;
        batch.isOnTheWay = false;
        free.add(batch);
        notifyAll();
    }

    /// No more will be sent.
    synchronized void close() {
        isClosed = true;
        notifyAll();
    }

    synchronized int highWater() {
        return highWater;
    }
}
