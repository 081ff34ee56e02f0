package dyno.engine.marc;

import dyno.engine.Cancellation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Records of a file as objects, made before the clock starts, and what was found when they were read.
///
/// @param records in order
/// @param reading totals and errors
record MadeRecords(List<Made> records, PartResult reading) {

    /// A record.
    ///
    /// @param index  within its file, dropped ones counted
    /// @param offset in the file
    record Made(MarcRecord marc, long index, long offset) {}

    static MadeRecords of(
            ReadSettings settings, List<InputFile> files, int file, int keepErrors, Cancellation cancellation)
            throws IOException {
        var keeper = new Keeper();
        var worker = new CodecWorker(settings, keeper, files, cancellation);
        var reading = worker.process(file, new DiscardedOutput(), keepErrors);
        if (reading.stop() != null) {
            throw new InputDefect(reading.stop());
        }
        return new MadeRecords(keeper.records, reading);
    }

    private static final class Keeper extends RecordConsumer {

        private final RecordMaker maker = new RecordMaker();
        private final List<Made> records = new ArrayList<>();

        @Override
        void accept(RecordView view, long index, Output output, Findings findings) {
            records.add(new Made(maker.make(view), index, view.base + view.start));
        }
    }
}
