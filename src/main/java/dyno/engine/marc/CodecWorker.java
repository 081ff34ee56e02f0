package dyno.engine.marc;

import dyno.engine.Cancellation;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Our codec at work on files or parts of them. Kept and reused; used by one thread at a time.
final class CodecWorker implements FileWorker {

    /// Read at once from a file: well within the 8 MiB a thread that estimates count.
    static final int WINDOW_BYTES = 2 << 20;

    private final List<InputFile> files;
    private final RecordConsumer consumer;
    private final Output output = new Output(OutputSink.DISCARD);
    private final RecordProcessor processor;
    private final PartReader reader;
    private final Window window = new Window(WINDOW_BYTES, false);

    CodecWorker(ReadSettings settings, RecordConsumer consumer, List<InputFile> files, Cancellation cancellation) {
        this.files = files;
        this.consumer = consumer;
        this.processor = new RecordProcessor(settings, consumer, output);
        this.reader = new PartReader(processor, cancellation);
    }

    RecordConsumer consumer() {
        return consumer;
    }

    @Override
    public PartResult process(int file, FileOutput target, int keepErrors) throws IOException {
        try (var opened = files.get(file).open()) {
            var result = part(opened, new Stretch(0, Long.MAX_VALUE, 0), target.part(0), keepErrors);
            target.join(consumer, List.of(result));
            return result;
        }
    }

    /// A stretch of a file.
    ///
    /// @param from       offset of its first record
    /// @param until      records that begin there or later do not belong to it
    /// @param firstIndex what its first record is counted as
    record Stretch(long from, long until, long firstIndex) {}

    PartResult part(InputFile.Opened opened, Stretch stretch, OutputSink sink, int keepErrors) throws IOException {
        var watch = new Stopwatch();
        long allocated = Allocation.bytes();
        processor.restart(opened.file().name(), keepErrors);
        output.redirect(sink);
        opened.attach(window);
        MarcError stop = null;
        long end = stretch.from;
        try {
            end = reader.read(new Framer(window, stretch.from), stretch.until, stretch.firstIndex);
        } catch (InputDefect defect) {
            stop = defect.error();
        }
        output.flush();
        return result(end, stop, watch.nanos(), Allocation.bytes() - allocated);
    }

    private PartResult result(long end, @Nullable MarcError stop, long busyNanos, long allocatedBytes) {
        var totals = processor.totals().copy();
        totals.outputBytes = output.total();
        return new PartResult(totals, processor.log(), end, stop, busyNanos, allocatedBytes);
    }
}
