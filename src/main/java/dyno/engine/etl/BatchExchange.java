package dyno.engine.etl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where extractors leave full batches and find empty ones, and workers the other way round: one lock taken once a
/// batch on either side.
///
/// Waking a thread takes longer than filling a batch of 128 rows, so that it is done once for several batches: a
/// worker
/// is woken when the queue is half full, when batches come slowly, and before an extractor waits; an extractor when
/// the
/// queue is half empty (benchmark: `EtlHandOverBenchmark`).
///
/// The number of buffers is fixed: as many as may wait, and one for each thread. Empty ones are taken last in, first
/// out, so that the next one filled is one that a cache still holds. Safe for any number of threads.
final class BatchExchange<B extends Batch> {

    /// Batches that come at longer intervals are announced one by one.
    private static final long SLOW_NANOS = 20_000;

    private final int capacity;
    private final List<B> all = new ArrayList<>();
    private final ArrayDeque<B> full = new ArrayDeque<>();
    private final ArrayDeque<B> empty = new ArrayDeque<>();
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition data = lock.newCondition();
    private int extracting;
    private boolean stopped;
    private int waitingWorkers;
    private int waitingExtractors;
    private long lastPutNanos;
    private long depth;
    private long depthHighWater;
    private long live;
    private long liveHighWater;
    private long extracted;
    private long blockedNanos;

    /// @param capacity batches that may wait
    /// @param threads  that hold a batch each
    BatchExchange(int capacity, int threads, Supplier<B> buffers, Time time) {
        this.capacity = capacity;
        this.time = time;
        for (int i = 0; i < capacity + threads; i++) {
            all.add(buffers.get());
        }
    }

    /// Begins a run: every buffer is empty again, whatever became of the last run. Nobody may hold one.
    void start(int extractors) {
        lock.lock();
        try {
            extracting = extractors;
            stopped = false;
            full.clear();
            empty.clear();
            for (var batch : all) {
                batch.clear();
                empty.push(batch);
            }
            depth = 0;
            depthHighWater = 0;
            live = 0;
            liveHighWater = 0;
            extracted = 0;
            blockedNanos = 0;
        } finally {
            lock.unlock();
        }
    }

    /// An extractor's first buffer.
    B first() {
        lock.lock();
        try {
            return empty.pop();
        } finally {
            lock.unlock();
        }
    }

    /// Hands a full batch over; waits for room.
    ///
    /// @return an empty one; null once the pipeline has to end
    @Nullable
    B put(B batch) throws InterruptedException {
        lock.lock();
        try {
            if (full.size() == capacity && !stopped) {
                awaitRoom();
            }
            if (stopped) {
                return null;
            }
            full.addLast(batch);
            extracted += batch.size();
            depth += batch.size();
            live += batch.size();
            depthHighWater = Math.max(depthHighWater, depth);
            liveHighWater = Math.max(liveHighWater, live);
            long now = batch.handedOverNanos();
            if (waitingWorkers > 0 && (2 * full.size() >= capacity || now - lastPutNanos > SLOW_NANOS)) {
                data.signal();
            }
            lastPutNanos = now;
            // Never empty: the queue holds `capacity` at most, and every thread one.
            return empty.pop();
        } finally {
            lock.unlock();
        }
    }

    private void awaitRoom() throws InterruptedException {
        long start = time.nanos();
        waitingExtractors++;
        try {
            while (full.size() == capacity && !stopped) {
                room.await();
            }
        } finally {
            waitingExtractors--;
            blockedNanos += time.nanos() - start;
        }
    }

    /// Gives back what was loaded and takes the next full batch; waits for one.
    ///
    /// @param done the worker's last batch; null at first
    /// @return null once all is loaded or the pipeline has to end
    @Nullable
    B take(@Nullable B done, Tally tally) throws InterruptedException {
        int released = done == null ? 0 : done.size();
        if (done != null) {
            done.clear();
        }
        lock.lock();
        try {
            if (done != null) {
                live -= released;
                empty.push(done);
            }
            if (full.isEmpty() && extracting > 0 && !stopped) {
                awaitData(tally);
            }
            if (stopped) {
                return null;
            }
            var batch = full.pollFirst();
            if (batch == null) {
                return null;
            }
            depth -= batch.size();
            if (waitingExtractors > 0 && 2 * full.size() <= capacity) {
                room.signal();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void awaitData(Tally tally) throws InterruptedException {
        long start = time.nanos();
        waitingWorkers++;
        try {
            while (full.isEmpty() && extracting > 0 && !stopped) {
                data.await();
            }
        } finally {
            waitingWorkers--;
            tally.idleNanos += time.nanos() - start;
        }
    }

    /// An extractor is going to wait for its source: what it handed over is announced.
    void announce() {
        lock.lock();
        try {
            if (!full.isEmpty() && waitingWorkers > 0) {
                data.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// An extractor has no more.
    void finished() {
        lock.lock();
        try {
            extracting--;
            data.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Ends every wait.
    void stop() {
        lock.lock();
        try {
            stopped = true;
            data.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    HandOver.Figures figures() {
        lock.lock();
        try {
            return new HandOver.Figures(extracted, depthHighWater, liveHighWater, blockedNanos);
        } finally {
            lock.unlock();
        }
    }
}
