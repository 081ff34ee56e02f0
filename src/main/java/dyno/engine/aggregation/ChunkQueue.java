package dyno.engine.aggregation;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Says what each thread does next: read a chunk or aggregate one. Safe for any number of threads.
///
/// There are no threads that only read. One that has read a chunk goes on reading as long as somebody waits for work
/// and the queue has room, and aggregates otherwise; so one thread is never idle while there is work, and a single row
/// group feeds all of them.
final class ChunkQueue {

    private static final long WAIT_NANOS = 50_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<PodChunk> waiting = new ArrayDeque<>();
    private final ArrayDeque<PodChunk> free;
    private final int bound;
    private final boolean readsAllFirst;
    private final int rowGroups;
    private final IntPredicate mayOpen;
    private int idle;
    private int reading;
    private int openReaders;
    private int rowGroupsLeft;
    private int inFlight;
    private int maxInFlight;
    private long chunks;
    private boolean failed;

    /// What a thread is to do.
    enum Task {
        /// Read a chunk of the row group that the thread has open.
        READ_ON,
        /// Take the next row group and read its first chunk.
        OPEN,
        /// Aggregate [#take].
        AGGREGATE,
        DONE
    }

    /// @param bound         chunks that may wait
    /// @param readsAllFirst whether nothing is aggregated before everything is read, whatever the bound
    /// @param free          chunks whose memory may be used again
    /// @param mayOpen       whether the row group of that number may be begun; true once all before are
    ///                      aggregated
    ChunkQueue(int bound, boolean readsAllFirst, int rowGroups, ArrayDeque<PodChunk> free, IntPredicate mayOpen) {
        this.bound = bound;
        this.readsAllFirst = readsAllFirst;
        this.rowGroups = rowGroups;
        this.rowGroupsLeft = rowGroups;
        this.free = free;
        this.mayOpen = mayOpen;
    }

    /// Waits until there is something to do. A task that reads has to be ended by [#read] or [#rowGroupEnds].
    ///
    /// @param hasReader whether the thread has a row group open
    Task next(boolean hasReader) throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                if (failed) {
                    return Task.DONE;
                }
                boolean mayRead = hasReader || (rowGroupsLeft > 0 && mayOpen.test(rowGroups - rowGroupsLeft));
                boolean hasRoom = readsAllFirst || waiting.size() + reading < bound;
                boolean isReadToTheEnd = rowGroupsLeft == 0 && openReaders == 0;
                boolean mayAggregate = !waiting.isEmpty() && (!readsAllFirst || isReadToTheEnd);
                if (mayRead && hasRoom && (!mayAggregate || (hasReader && idle > 0))) {
                    reading++;
                    if (hasReader) {
                        return Task.READ_ON;
                    }
                    rowGroupsLeft--;
                    openReaders++;
                    return Task.OPEN;
                }
                if (mayAggregate) {
                    return Task.AGGREGATE;
                }
                if (isReadToTheEnd) {
                    return Task.DONE;
                }
                idle++;
                try {
                    changed.awaitNanos(WAIT_NANOS);
                } finally {
                    idle--;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// A chunk to fill.
    PodChunk empty() {
        lock.lock();
        try {
            var chunk = free.poll();
            return chunk == null ? new PodChunk() : chunk;
        } finally {
            lock.unlock();
        }
    }

    /// The chunk was filled.
    void read(PodChunk chunk) {
        lock.lock();
        try {
            reading--;
            waiting.add(chunk);
            chunks++;
            maxInFlight = Math.max(maxInFlight, ++inFlight);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// There was nothing left to fill it with.
    void rowGroupEnds(PodChunk unused) {
        lock.lock();
        try {
            reading--;
            openReaders--;
            free.add(unused);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The next chunk; null where another thread was faster.
    @Nullable
    PodChunk take() {
        lock.lock();
        try {
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    /// The chunk's rows are in groups.
    void aggregated(PodChunk chunk) {
        lock.lock();
        try {
            inFlight--;
            free.add(chunk);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Ends the waiting of all threads.
    void fail() {
        lock.lock();
        try {
            failed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long chunks() {
        return chunks;
    }

    int maxInFlight() {
        return maxInFlight;
    }
}
