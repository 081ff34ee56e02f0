package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dyno.engine.Cancellation;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// WRITE: objects to ISO 2709. Kept and reused; used by one thread at a time.
final class WriteWorker implements FileWorker {

    private static final int CHECK_RECORDS = 4096;
    private static final int SHOWN_CHARACTERS = 16;

    private final List<InputFile> files;
    private final List<MadeRecords> made;
    private final ErrorMode errorMode;
    private final Cancellation cancellation;
    private final Output output = new Output(OutputSink.DISCARD);
    private final RecordConsumer format = new RoundTripFormat();

    WriteWorker(List<InputFile> files, List<MadeRecords> made, ErrorMode errorMode, Cancellation cancellation) {
        this.files = files;
        this.made = made;
        this.errorMode = errorMode;
        this.cancellation = cancellation;
    }

    @Override
    public PartResult process(int file, FileOutput target, int keepErrors) throws IOException {
        var watch = new Stopwatch();
        long allocated = Allocation.bytes();
        var records = made.get(file);
        var totals = records.reading().totals().copy();
        var log = new ErrorLog(keepErrors);
        log.append(records.reading().log(), 0);
        output.redirect(target.part(0));
        MarcError stop = null;
        for (int i = 0; i < records.records().size() && stop == null; i++) {
            if (i % CHECK_RECORDS == 0) {
                cancellation.check();
            }
            var marc = records.records().get(i).marc();
            int mark = output.size;
            var defect = EagerWriter.write(marc, output);
            if (defect != null) {
                output.size = mark;
                totals.records--;
                totals.dropped++;
                stop = report(file, i, defect, log);
            }
            output.flushIfFull();
        }
        output.flush();
        totals.outputBytes = output.total();
        long end = files.get(file).sizeBytes();
        var result = new PartResult(totals, log, end, stop, watch.nanos(), Allocation.bytes() - allocated);
        target.join(format, List.of(result));
        return result;
    }

    private @Nullable MarcError report(int file, int i, Defect defect, ErrorLog log) {
        var record = made.get(file).records().get(i);
        var marc = record.marc();
        byte[] leader = marc.leader().substring(0, SHOWN_CHARACTERS).getBytes(ISO_8859_1);
        var error = new MarcError(
                defect,
                files.get(file).name(),
                record.index(),
                record.offset(),
                null,
                marc.controlNumber(),
                HexFormat.of().withUpperCase().formatHex(leader),
                defect.expected());
        log.count(defect, error.record(), error.byteOffset(), 0);
        if (log.keepsNext()) {
            log.keep(error);
        }
        return errorMode == ErrorMode.STRICT ? error : null;
    }
}
