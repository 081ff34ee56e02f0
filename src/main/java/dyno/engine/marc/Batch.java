package dyno.engine.marc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Some records in a row on their way from the reader of a pipeline to its output. Kept and reused; belongs to
/// one thread at a time: the reader, a worker, whoever writes it.
final class Batch {

    final Window window;
    final Output output = Output.keeping();
    final RecordProcessor processor;
    private final List<Frame> frames = new ArrayList<>();
    private int size;

    /// Whether it counts as on the way; the one that the reader serialises itself does not.
    boolean isOnTheWay;

    long number;
    long firstIndex;

    /// Padding at the end of the file, behind the last record of this batch.
    private final Frame tail = new Frame();

    private boolean hasTail;

    PartResult result = new PartResult(new Totals(), new ErrorLog(0), 0, null, 0, 0);

    /// @param windowBytes bytes of the file that the batch holds, where they are not in memory anyway
    Batch(ReadSettings settings, RecordConsumer consumer, int windowBytes) {
        this.window = new Window(windowBytes, true);
        this.processor = new RecordProcessor(settings, consumer, output);
    }

    void restart(long batchNumber, long index) {
        number = batchNumber;
        firstIndex = index;
        size = 0;
        hasTail = false;
    }

    int size() {
        return size;
    }

    /// Adds the framer's next record.
    ///
    /// @return false at the end of the file
    boolean addNext(Framer framer) throws IOException {
        if (size == frames.size()) {
            frames.add(new Frame());
        }
        var frame = frames.get(size);
        if (framer.next(frame)) {
            size++;
            return true;
        }
        if (frame.paddingOffset >= 0) {
            tail.paddingOffset = frame.paddingOffset;
            tail.paddingFound = frame.paddingFound;
            hasTail = true;
        }
        return false;
    }

    Frame last() {
        return frames.get(size - 1);
    }

    /// Serialises the batch into its output.
    void process(String file, int keepErrors) throws IOException {
        var watch = new Stopwatch();
        long allocated = Allocation.bytes();
        processor.restart(file, keepErrors);
        output.clear();
        MarcError stop = null;
        long index = firstIndex;
        try {
            for (int i = 0; i < size; i++) {
                processor.process(frames.get(i), index++);
            }
            if (hasTail) {
                processor.padding(tail, index);
            }
        } catch (InputDefect defect) {
            stop = defect.error();
        }
        var totals = processor.totals().copy();
        totals.outputBytes = output.size;
        result = new PartResult(totals, processor.log(), 0, stop, watch.nanos(), Allocation.bytes() - allocated);
    }
}
