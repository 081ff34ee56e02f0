package dyno.engine.marc;

import dyno.engine.Cancellation;
import java.io.IOException;

/// Reads a stretch of a file, record by record. Kept and reused; used by one thread at a time.
final class PartReader {

    /// Cancellation is looked at once in this many records …
    private static final int CHECK_RECORDS = 4096;

    /// … or bytes.
    private static final long CHECK_BYTES = 1 << 20;

    private final RecordProcessor processor;
    private final Cancellation cancellation;
    private final Frame frame = new Frame();

    PartReader(RecordProcessor processor, Cancellation cancellation) {
        this.processor = processor;
        this.cancellation = cancellation;
    }

    /// Reads records until one begins at or behind `until`.
    ///
    /// @param until      offset in the file; `Long.MAX_VALUE` for all of it
    /// @param firstIndex what the first record is counted as
    /// @return offset behind the last record
    /// @throws InputDefect in mode STRICT at the first defect
    /// @throws java.util.concurrent.CancellationException when nobody wants the result any more
    long read(Framer framer, long until, long firstIndex) throws IOException {
        long index = firstIndex;
        int records = 0;
        long checkAt = framer.offset() + CHECK_BYTES;
        while (framer.offset() < until) {
            int taken = processor.countClean(framer, Math.min(until, checkAt), CHECK_RECORDS - records);
            if (taken == 0) {
                if (!framer.next(frame)) {
                    if (frame.paddingOffset >= 0) {
                        processor.padding(frame, index);
                    }
                    break;
                }
                processor.process(frame, index);
                taken = 1;
            }
            index += taken;
            records += taken;
            if (records == CHECK_RECORDS || framer.offset() >= checkAt) {
                cancellation.check();
                records = 0;
                checkAt = framer.offset() + CHECK_BYTES;
            }
        }
        return framer.offset();
    }
}
