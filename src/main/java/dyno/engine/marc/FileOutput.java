package dyno.engine.marc;

import java.io.IOException;
import java.util.List;

/// Where the output of one file goes. Parts of it may be written at the same time, each by one thread; then
/// they are joined by one.
abstract class FileOutput implements AutoCloseable {

    private long bytes;

    /// Starts a part, or starts it over.
    abstract OutputSink part(int number) throws IOException;

    /// Puts one piece behind those before it.
    abstract void append(byte[] literal) throws IOException;

    /// Puts a part behind what is there.
    abstract void append(int part, long partBytes) throws IOException;

    /// Everything is there.
    abstract void finish() throws IOException;

    /// Nanoseconds spent handing bytes to the file system.
    long writeNanos() {
        return 0;
    }

    /// Joins parts that all belong: header, records with separators between, footer.
    ///
    /// @param parts in order; those without records are left out
    final void join(RecordConsumer format, List<PartResult> parts) throws IOException {
        bytes = 0;
        put(format.header());
        boolean isFirst = true;
        for (int i = 0; i < parts.size(); i++) {
            var totals = parts.get(i).totals();
            if (totals.records == 0) {
                continue;
            }
            if (!isFirst) {
                put(format.separator());
            }
            isFirst = false;
            append(i, totals.outputBytes);
            bytes += totals.outputBytes;
        }
        put(format.footer());
        finish();
    }

    private void put(byte[] literal) throws IOException {
        if (literal.length > 0) {
            append(literal);
            bytes += literal.length;
        }
    }

    /// Bytes of the whole output, once joined.
    final long bytes() {
        return bytes;
    }

    @Override
    public abstract void close() throws IOException;
}
