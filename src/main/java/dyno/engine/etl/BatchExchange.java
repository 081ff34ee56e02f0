package dyno.engine.etl;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where extractors leave full batches and find empty ones, and workers the other way round: one lock taken once a
/// batch on either side.
///
/// Waking a thread takes longer than filling a batch of 128 rows. So one worker looks for the next batch
/// for a moment
/// before it sleeps ([Lookout]); and who sleeps is woken once for several batches: a worker when the queue
/// is half
/// full, when batches come slowly, and before an extractor waits; an extractor when the queue is half empty
/// (benchmark: `EtlHandOverBenchmark`).
///
/// There are as many buffers as may wait, and one for each thread. Safe for any number of threads.
final class BatchExchange<B extends Batch> {

    /// Batches that come at longer intervals are announced one by one.
    private static final long SLOW_NANOS = 20_000;

    /// Tries to get the lock, which is held for a fraction of a microsecond, before a thread queues up for it.
    private static final int TRIES = 100;

    private final int capacity;
    private final BatchBuffers<B> buffers;
    private final ArrayDeque<B> full = new ArrayDeque<>();
    private final Time time;

    /// Told under the lock.
    private final Lookout lookout;

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
    private long extracted;
    private long blockedNanos;

    /// @param capacity batches that may wait
    /// @param threads  that hold a batch each
    BatchExchange(int capacity, int threads, Supplier<B> buffers, Time time) {
        this.capacity = capacity;
        this.time = time;
        this.lookout = new Lookout(time);
        this.buffers = new BatchBuffers<>(capacity + threads, buffers);
    }

    /// Begins a run: every buffer is empty again, whatever became of the last run. Nobody may hold one.
    void start(int extractors) {
        lock.lock();
        try {
            extracting = extractors;
            stopped = false;
            full.clear();
            buffers.restart();
            depth = 0;
            depthHighWater = 0;
            extracted = 0;
            blockedNanos = 0;
            tellReady();
        } finally {
            lock.unlock();
        }
    }

    /// An extractor's first buffer.
    B first() {
        enter();
        try {
            return buffers.next();
        } finally {
            lock.unlock();
        }
    }

    /// Hands a full batch over; waits for room.
    ///
    /// @return an empty one; null once the pipeline has to end
    @Nullable
    B put(B batch) throws InterruptedException {
        enter();
        try {
            buffers.lookAtLive();
            if (full.size() == capacity && !stopped) {
                awaitRoom();
            }
            if (stopped) {
                return null;
            }
            buffers.handOver(batch);
            full.addLast(batch);
            int size = batch.size();
            extracted += size;
            depth += size;
            depthHighWater = Math.max(depthHighWater, depth);
            long now = batch.handedOverNanos();
            if (waitingWorkers > 0 && (2 * full.size() >= capacity || now - lastPutNanos > SLOW_NANOS)) {
                data.signal();
            }
            lastPutNanos = now;
            tellReady();
            // Never out of buffers: the queue holds `capacity` at most, and every thread one.
            return buffers.next();
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
        var returned = done;
        int released = 0;
        if (returned != null) {
            released = returned.size();
            returned.clear();
        }
        if (!lookout.isReady()) {
            // Others may want the buffer meanwhile.
            giveBack(returned, released);
            returned = null;
            lookout.look(tally);
        }
        enter();
        try {
            takeBack(returned, released);
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
            tellReady();
            if (waitingExtractors > 0 && 2 * full.size() <= capacity) {
                room.signal();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(@Nullable B done, int released) {
        enter();
        try {
            takeBack(done, released);
        } finally {
            lock.unlock();
        }
    }

    private void takeBack(@Nullable B done, int released) {
        if (done != null) {
            buffers.giveBack(done, released);
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
        enter();
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
        enter();
        try {
            extracting--;
            tellReady();
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
            tellReady();
            data.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void tellReady() {
        lookout.tell(!full.isEmpty() || extracting == 0 || stopped);
    }

    /// Queuing up for the lock means sleeping, and being woken takes far longer than the lock is held.
    private void enter() {
        for (int tries = 0; tries < TRIES; tries++) {
            if (lock.tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lock.lock();
    }

    HandOver.Figures figures() {
        lock.lock();
        try {
            return new HandOver.Figures(extracted, depthHighWater, buffers.liveHighWater(), blockedNanos);
        } finally {
            lock.unlock();
        }
    }
}
