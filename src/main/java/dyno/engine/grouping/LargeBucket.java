package dyno.engine.grouping;

import dyno.engine.grouping.RecordPlan.Edges;
import dyno.engine.kernel.Closing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A bucket with more rows than may be in memory at once: sorted in runs on disk, merged, and cut while it streams.
///
/// ```text
///  bucket, in input order ─┬─ run 0: by address and time ─┐
///                          ├─ run 1                       ├─ merge ─ some rows ─ records
///                          └─ run 2                       ┘          └ the last probe's last part waits for more
/// ```
///
/// Runs follow the input, and of equal rows the earlier run's come first, so that the order is that of the sort in
/// memory. Used once, by one thread; the output is written by all workers.
final class LargeBucket {

    private static final int BUFFER_BYTES = 256 << 10;

    private final Invocation run;
    private final Path folder;
    private final int mostRows;
    private final List<Path> runs = new ArrayList<>();
    private int partsBefore;

    /// @param folder   where the runs go
    /// @param mostRows in memory at once
    LargeBucket(Invocation run, Path folder, long mostRows) {
        this.run = run;
        this.folder = folder;
        this.mostRows = Math.toIntExact(mostRows);
    }

    /// Sorts rows that are in memory and writes them away.
    void add(InputColumns columns) throws IOException, InterruptedException {
        var grouped = ColumnarGrouping.sorted(columns, run.stage);
        var file = folder.resolve("run-%04d".formatted(runs.size()));
        runs.add(file);
        byte[] buffer = new byte[BUFFER_BYTES];
        int used = 0;
        // A run that is gone on with may have been killed while it wrote one.
        Files.deleteIfExists(file);
        try (var channel = run.maker.create(file)) {
            for (int probe = 0; probe < grouped.probes(); probe++) {
                run.stage.check();
                for (int i = grouped.starts()[probe]; i < grouped.starts()[probe + 1]; i++) {
                    int bytes = bytes(grouped, probe, grouped.order()[i]);
                    if (used + bytes > buffer.length) {
                        write(channel, buffer, used);
                        used = 0;
                        buffer = bytes > buffer.length ? new byte[bytes] : buffer;
                    }
                    put(grouped, probe, grouped.order()[i], buffer, used);
                    used += bytes;
                }
            }
            write(channel, buffer, used);
        }
    }

    private static void write(WritableByteChannel channel, byte[] buffer, int length) throws IOException {
        var bytes = ByteBuffer.wrap(buffer, 0, length);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static int bytes(Grouped grouped, int probe, int row) {
        int code = grouped.columns().dst()[row];
        return SpilledRow.bytes(
                grouped.sources().length(grouped.codes()[probe]),
                code < 0 ? -1 : grouped.columns().addresses().length(code));
    }

    private static void put(Grouped grouped, int probe, int row, byte[] to, int at) {
        var columns = grouped.columns();
        int code = columns.dst()[row];
        var noVersion = columns.noVersion();
        var noRtt = columns.noRtt();
        to[at] = (byte) ((code < 0 ? SpilledRow.NO_DESTINATION : 0)
                | (noVersion != null && noVersion[row] ? SpilledRow.NO_VERSION : 0)
                | (noRtt != null && noRtt[row] ? SpilledRow.NO_RTT : 0));
        Bytes.putLong(to, at + SpilledRow.TIME_AT, columns.timeMicros()[row]);
        Bytes.putInt(to, at + SpilledRow.RTT_AT, Float.floatToRawIntBits(columns.rtt()[row]));
        to[at + SpilledRow.VERSION_AT] = columns.ipVersion()[row];
        int next = put(grouped.sources(), grouped.codes()[probe], to, at + SpilledRow.SOURCE_AT);
        if (code >= 0) {
            put(columns.addresses(), code, to, next);
        }
    }

    private static int put(Addresses texts, int code, byte[] to, int at) {
        int length = texts.length(code);
        Bytes.putInt(to, at, length);
        System.arraycopy(texts.bytes(), texts.offsets()[code], to, at + Integer.BYTES, length);
        return at + Integer.BYTES + length;
    }

    /// Merges the runs into records.
    void write(RecordOutput output, SplitRule rule) throws IOException, InterruptedException {
        try (var leftovers = Closing.all();
                var readers = Closing.all()) {
            runs.forEach(file -> leftovers.and(() -> Files.deleteIfExists(file)));
            var open = new ArrayList<SortedRun>();
            for (var file : runs) {
                var sorted = new SortedRun(file);
                readers.and(sorted);
                open.add(sorted);
                if (!sorted.next()) {
                    throw new IllegalStateException("A sorted run has no rows");
                }
            }
            merge(open, output, rule);
        }
    }

    private void merge(List<SortedRun> open, RecordOutput output, SplitRule rule)
            throws IOException, InterruptedException {
        var store = new RowStore();
        byte[] address = null;
        int flushAt = mostRows;
        while (!open.isEmpty()) {
            var least = open.getFirst();
            for (var sorted : open) {
                // Strictly: of equal ones the earlier run's comes first.
                if (sorted.compare(least) < 0) {
                    least = sorted;
                }
            }
            int from = least.sourceFrom;
            int end = from + least.sourceLength;
            if (address == null || !Arrays.equals(address, 0, address.length, least.bytes(), from, end)) {
                address = Arrays.copyOfRange(least.bytes(), from, end);
                store.beginProbe(address, 0, address.length);
            }
            add(least, store);
            if (!least.next()) {
                open.remove(least);
            }
            if (store.rows() >= flushAt) {
                store = flush(store, output, rule, address);
                // What is left may be as much as a record holds; writing has to be worth the copy of it.
                flushAt = Math.max(mostRows, store.rows() + mostRows / 2);
            }
        }
        output.write(store.grouped(), rule, new Edges(partsBefore, false));
    }

    private static void add(SortedRun from, RowStore store) {
        store.beginRow(from.micros());
        if (from.destinationLength >= 0) {
            store.destination(from.bytes(), from.destinationFrom, from.destinationLength);
        }
        if (!from.has(SpilledRow.NO_VERSION)) {
            store.version(from.bytes()[from.row + SpilledRow.VERSION_AT]);
        }
        if (!from.has(SpilledRow.NO_RTT)) {
            store.rtt(Float.intBitsToFloat(Bytes.intAt(from.bytes(), from.row + SpilledRow.RTT_AT)));
        }
        store.endRow();
    }

    /// Writes what is certain, and keeps the rows of the last probe's last part.
    private RowStore flush(RowStore store, RecordOutput output, SplitRule rule, byte[] address)
            throws IOException, InterruptedException {
        run.stage.check();
        var grouped = store.grouped();
        var plan = output.write(grouped, rule, new Edges(partsBefore, true));
        int last = grouped.probes() - 1;
        partsBefore = plan.parts(last) + (last == 0 ? partsBefore : 0);
        var rest = new RowStore();
        rest.beginProbe(address, 0, address.length);
        rest.addAll(grouped, plan.openFrom());
        return rest;
    }
}
