package dyno.engine.marc;

import dyno.engine.Cancellation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Records of a file as objects, made before the clock starts, and what was found when they were read.
///
/// @param records  in order
/// @param indices  of each within its file, dropped ones counted
/// @param offsets  of each in the file
/// @param reading  totals and errors
record MadeRecords(List<MarcRecord> records, long[] indices, long[] offsets, PartResult reading) {

    static MadeRecords of(
            ReadSettings settings, List<InputFile> files, int file, int keepErrors, Cancellation cancellation)
            throws IOException {
        var keeper = new Keeper();
        var worker = new CodecWorker(settings, keeper, files, cancellation);
        var reading = worker.process(file, new DiscardedOutput(), keepErrors);
        if (reading.stop() != null) {
            throw new InputDefect(reading.stop());
        }
        return new MadeRecords(
                keeper.records,
                keeper.indices.stream().mapToLong(Long::longValue).toArray(),
                keeper.offsets.stream().mapToLong(Long::longValue).toArray(),
                reading);
    }

    private static final class Keeper extends RecordConsumer {

        private final RecordMaker maker = new RecordMaker();
        private final List<MarcRecord> records = new ArrayList<>();
        private final List<Long> indices = new ArrayList<>();
        private final List<Long> offsets = new ArrayList<>();

        @Override
        void accept(RecordView view, long index, Output output, Findings findings) {
            records.add(maker.make(view));
            indices.add(index);
            offsets.add(view.base + view.start);
        }
    }
}
