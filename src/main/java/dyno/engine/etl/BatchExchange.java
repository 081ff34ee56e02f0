package dyno.engine.etl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where extractors leave full batches and find empty ones, and workers the other way round: one lock taken once a
/// batch on either side.
///
/// Waking a thread takes longer than filling a batch of 128 rows. So one worker, and one only, looks for the next
/// batch for a moment before it sleeps; and who sleeps is woken once for several batches: a worker when the queue is
/// half full, when batches come slowly, and before an extractor waits; an extractor when the queue is half empty
/// (benchmark: `EtlHandOverBenchmark`).
///
/// The number of buffers is fixed: as many as may wait, and one for each thread. Empty ones are taken last in, first
/// out, so that the next one filled is one that a cache still holds. Safe for any number of threads.
final class BatchExchange<B extends Batch> {

    /// Batches that come at longer intervals are announced one by one.
    private static final long SLOW_NANOS = 20_000;

    /// How long the one worker looks: about what waking it would take.
    private static final long LOOKING_NANOS = 20_000;

    /// Looks between two readings of the clock, and readings at most, whatever the clock says.
    private static final int LOOKS = 16;

    private static final int MOST_READINGS = 200;

    /// Tries to get the lock, which is held for a fraction of a microsecond, before a thread queues up for it.
    private static final int TRIES = 100;

    private final int capacity;
    private final List<B> all = new ArrayList<>();
    private final ArrayDeque<B> full = new ArrayDeque<>();
    private final ArrayDeque<B> empty = new ArrayDeque<>();

    /// Batches that extractors fill.
    private final List<B> making = new ArrayList<>();

    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition data = lock.newCondition();
    private final AtomicBoolean isLooking = new AtomicBoolean();

    /// Whether a worker would get an answer at once. Written under the lock; who looks reads it without.
    private volatile boolean isReady;

    private int extracting;
    private boolean stopped;
    private int waitingWorkers;
    private int waitingExtractors;
    private long lastPutNanos;
    private long depth;
    private long depthHighWater;

    /// Records in batches that wait or that workers have.
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
            making.clear();
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
            tellReady();
        } finally {
            lock.unlock();
        }
    }

    /// An extractor's first buffer.
    B first() {
        enter();
        try {
            return makeNext();
        } finally {
            lock.unlock();
        }
    }

    /// Never out of buffers: the queue holds `capacity` at most, and every thread one.
    private B makeNext() {
        var next = empty.pop();
        making.add(next);
        return next;
    }

    /// Hands a full batch over; waits for room.
    ///
    /// @return an empty one; null once the pipeline has to end
    @Nullable
    B put(B batch) throws InterruptedException {
        enter();
        try {
            lookAtLive();
            if (full.size() == capacity && !stopped) {
                awaitRoom();
            }
            if (stopped) {
                return null;
            }
            removeSame(making, batch);
            full.addLast(batch);
            int size = batch.size();
            extracted += size;
            depth += size;
            live += size;
            depthHighWater = Math.max(depthHighWater, depth);
            long now = batch.handedOverNanos();
            if (waitingWorkers > 0 && (2 * full.size() >= capacity || now - lastPutNanos > SLOW_NANOS)) {
                data.signal();
            }
            lastPutNanos = now;
            tellReady();
            return makeNext();
        } finally {
            lock.unlock();
        }
    }

    /// Batches in the making count too. Those of other extractors are read while they grow: as large as they were a
    /// moment ago.
    private void lookAtLive() {
        long now = live;
        for (int i = 0; i < making.size(); i++) {
            now += making.get(i).size();
        }
        liveHighWater = Math.max(liveHighWater, now);
    }

    @SuppressWarnings("ReferenceEquality") // Buffers have no other identity.
    private static <B> void removeSame(List<B> batches, B batch) {
        for (int i = 0; i < batches.size(); i++) {
            if (batches.get(i) == batch) {
                batches.remove(i);
                return;
            }
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
        if (!isReady) {
            // Others may want the buffer meanwhile.
            giveBack(returned, released);
            returned = null;
            look(tally);
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
            live -= released;
            empty.push(done);
        }
    }

    /// Looks for a batch for a moment, unless another worker does.
    @SuppressWarnings("ThreadPriorityCheck") // Right without it; only sooner with it where cores are few.
    private void look(Tally tally) {
        if (!isLooking.compareAndSet(false, true)) {
            return;
        }
        try {
            long start = time.nanos();
            long now = start;
            for (int reading = 0; reading < MOST_READINGS && now - start < LOOKING_NANOS; reading++) {
                for (int i = 0; i < LOOKS && !isReady; i++) {
                    Thread.onSpinWait();
                }
                now = time.nanos();
                if (isReady) {
                    break;
                }
                // The extractor may be waiting for this very core.
                Thread.yield();
            }
            tally.idleNanos += now - start;
        } finally {
            isLooking.set(false);
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
        boolean isNow = !full.isEmpty() || extracting == 0 || stopped;
        if (isReady != isNow) {
            isReady = isNow;
        }
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
            return new HandOver.Figures(extracted, depthHighWater, liveHighWater, blockedNanos);
        } finally {
            lock.unlock();
        }
    }
}
