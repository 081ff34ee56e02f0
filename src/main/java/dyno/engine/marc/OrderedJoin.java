package dyno.engine.marc;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts the output of batches in order, whichever is ready first. Safe for any number of threads; whoever brings
/// the batch that the others wait for writes them all.
final class OrderedJoin {

    private final OutputSink sink;
    private final byte[] separator;
    private final BatchQueue queue;
    private final Map<Long, Batch> ready = new HashMap<>();
    private final ErrorLog log;
    private final Totals totals = new Totals();
    private long next;
    private boolean isWriting;
    private volatile @Nullable MarcError stop;
    private long busyNanos;
    private long joinNanos;
    private long allocatedBytes;

    OrderedJoin(OutputSink sink, byte[] separator, BatchQueue queue, int keepErrors) {
        this.sink = sink;
        this.separator = separator;
        this.queue = queue;
        this.log = new ErrorLog(keepErrors);
    }

    /// Whether an error was met at which reading stops; batches behind it do not count.
    boolean isStopped() {
        return stop != null;
    }

    /// Takes a batch that was serialised.
    void add(Batch batch) throws IOException {
        synchronized (this) {
            ready.put(batch.number, batch);
            if (isWriting) {
                return;
            }
            isWriting = true;
        }
        var watch = new Stopwatch();
        boolean isDone = false;
        try {
            for (var head = takeHead(watch); head != null; head = takeHead(watch)) {
                write(head);
                queue.release(head);
            }
            isDone = true;
        } finally {
            if (!isDone) {
                giveUp();
            }
        }
    }

    private synchronized void giveUp() {
        isWriting = false;
    }

    private synchronized @Nullable Batch takeHead(Stopwatch watch) {
        var head = ready.remove(next);
        if (head == null) {
            isWriting = false;
            joinNanos += watch.nanos();
        } else {
            next++;
        }
        return head;
    }

    private void write(Batch batch) throws IOException {
        var result = batch.result;
        busyNanos += result.busyNanos();
        allocatedBytes += result.allocatedBytes();
        if (stop != null) {
            return;
        }
        long bytes = batch.output.size;
        if (result.totals().records > 0) {
            if (totals.records > 0 && separator.length > 0) {
                sink.accept(separator, separator.length);
                bytes += separator.length;
            }
            sink.accept(batch.output.bytes, batch.output.size);
        }
        totals.add(result.totals());
        totals.outputBytes += bytes - result.totals().outputBytes;
        log.append(result.log(), 0);
        stop = result.stop();
    }

    /// All of it, as one part. Called once nobody adds any more.
    synchronized PartResult result(long end) {
        return new PartResult(totals, log, end, stop, busyNanos, allocatedBytes);
    }

    synchronized long joinNanos() {
        return joinNanos;
    }
}
