package dyno.engine.marc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one invocation came to. Filled by the runner, then read; used by one thread at a time.
final class RunResult {

    final Totals totals = new Totals();
    final ErrorLog log;

    /// Totals of each file, in order.
    final List<Totals> files = new ArrayList<>();

    /// The first error, in file order, at which reading stopped in mode STRICT.
    @Nullable
    MarcError stop;

    /// Busy nanoseconds of all threads in reading alone, and in what follows it or cannot be told from it.
    long readNanos;

    long serialiseNanos;

    /// Nanoseconds between the last part's end and the result's.
    long joinNanos;

    long writeNanos;
    long allocatedBytes;

    long segmentsRedone;
    long queueHighWater;
    long readerBlockedNanos;

    /// Nanoseconds of child processes before and after their work, summed.
    long startNanos;

    RunResult(int keepErrors) {
        log = new ErrorLog(keepErrors);
    }

    /// Adds the next file; files behind one at which reading stopped do not count.
    ///
    /// @param outputBytes of the file, header and footer included
    void addFile(PartResult result, long outputBytes) {
        if (stop != null) {
            return;
        }
        var fileTotals = result.totals().copy();
        fileTotals.outputBytes = outputBytes;
        files.add(fileTotals);
        totals.add(fileTotals);
        log.append(result.log(), 0);
        allocatedBytes += result.allocatedBytes();
        stop = result.stop();
    }
}
