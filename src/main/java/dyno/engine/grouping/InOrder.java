package dyno.engine.grouping;

import dyno.engine.arrayrecord.EncodedChunks;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Brings what workers encode, in whatever order they finish, into the order of the runs.
///
/// Whoever finishes the run that is next appends it and those that waited behind it; the others go on encoding. So
/// that encoders do not run ahead without bound, a run is only handed out while the runs on their way weigh less
/// than [#MOST_BYTES]: one run may always be on its way, however heavy. Safe for any number of threads.
final class InOrder {

    private static final long MOST_BYTES = 16 << 20;

    /// How long a waiting worker goes without asking whether the trial was cancelled.
    private static final long PATIENCE_MILLIS = 10;

    /// Takes a run's chunks, always in order, one call at a time.
    @FunctionalInterface
    interface Appender {
        void append(RecordPlan.Run run, EncodedChunks chunks) throws IOException;
    }

    private final List<RecordPlan.Run> runs;
    private final Appender appender;
    private final Stage stage;
    private final LongSupplier clock;
    private final @Nullable EncodedChunks[] finished;
    private final Deque<EncodedChunks> free = new ArrayDeque<>();
    private int claimed;
    private int appended;
    private long bytesOnTheWay;
    private boolean isAppending;
    private boolean isBroken;
    private long appendNanos;

    InOrder(List<RecordPlan.Run> runs, Appender appender, Stage stage, LongSupplier clock) {
        this.runs = runs;
        this.appender = appender;
        this.stage = stage;
        this.clock = clock;
        this.finished = new EncodedChunks[runs.size()];
    }

    /// The next run to encode, or -1 where all are handed out.
    synchronized int claim() throws InterruptedException {
        while (claimed < runs.size()
                && claimed > appended
                && bytesOnTheWay + runs.get(claimed).weightBytes() > MOST_BYTES) {
            stage.check();
            requireWhole();
            wait(PATIENCE_MILLIS);
        }
        stage.check();
        requireWhole();
        if (claimed == runs.size()) {
            return -1;
        }
        bytesOnTheWay += runs.get(claimed).weightBytes();
        return claimed++;
    }

    /// Empty chunks for a run.
    synchronized EncodedChunks chunks() {
        var chunks = free.poll();
        if (chunks == null) {
            return new EncodedChunks();
        }
        chunks.clear();
        return chunks;
    }

    /// Hands a run in.
    ///
    /// @throws IOException where it, or one that waited behind it, cannot be appended
    void finish(int run, EncodedChunks chunks) throws IOException {
        synchronized (this) {
            finished[run] = chunks;
            if (isAppending) {
                return;
            }
            isAppending = true;
        }
        boolean isWhole = false;
        try {
            appendReady();
            isWhole = true;
        } finally {
            if (!isWhole) {
                breakOff();
            }
        }
    }

    private void appendReady() throws IOException {
        while (true) {
            EncodedChunks next;
            RecordPlan.Run run;
            synchronized (this) {
                next = appended < finished.length ? finished[appended] : null;
                if (next == null) {
                    isAppending = false;
                    return;
                }
                run = runs.get(appended);
            }
            long start = clock.getAsLong();
            appender.append(run, next);
            long nanos = clock.getAsLong() - start;
            synchronized (this) {
                appendNanos += nanos;
                finished[appended] = null;
                appended++;
                bytesOnTheWay -= run.weightBytes();
                free.push(next);
                notifyAll();
            }
        }
    }

    private synchronized void breakOff() {
        isBroken = true;
        notifyAll();
    }

    private void requireWhole() {
        if (isBroken) {
            throw new Stage.StoppedException();
        }
    }

    synchronized long appendNanos() {
        return appendNanos;
    }
}
