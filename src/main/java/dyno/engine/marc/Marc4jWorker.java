package dyno.engine.marc;

import dyno.engine.Cancellation;
import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.marc.MarcWorkload.Operation;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.marc4j.MarcWriter;
import org.marc4j.marc.Record;

/// The peer at work on whole files, neither changed nor tuned. Used by one thread at a time.
final class Marc4jWorker implements FileWorker {

    private static final int CHECK_RECORDS = 4096;

    private final MarcWorkload workload;
    private final List<InputFile> files;
    private final Cancellation cancellation;
    private final Output output = new Output(OutputSink.DISCARD);

    @SuppressWarnings("unused")
    private volatile @Nullable Record last;

    Marc4jWorker(MarcWorkload workload, List<InputFile> files, Cancellation cancellation) {
        this.workload = workload;
        this.files = files;
        this.cancellation = cancellation;
    }

    @Override
    public PartResult process(int number, FileOutput target, int keepErrors) throws IOException {
        var file = files.get(number);
        boolean convertsMarc8 = Marc4j.leavesMarc8(file, workload);
        var watch = new Stopwatch();
        long allocated = Allocation.bytes();
        output.redirect(target.part(0));
        var totals = new Totals();
        try (var in = file.stream()) {
            var reader = Marc4j.reader(in, workload);
            var writer = Marc4j.writer(new OutputStreamOf(output), workload, convertsMarc8);
            var extract = workload.operation() == Operation.EXTRACT ? new Marc4jExtract(workload, convertsMarc8) : null;
            while (reader.hasNext()) {
                if (totals.records % CHECK_RECORDS == 0) {
                    cancellation.check();
                }
                take(reader.next(), totals.records, writer, extract);
                totals.records++;
            }
            if (writer != null) {
                writer.close();
            }
        } catch (IOException | EngineException | java.util.concurrent.CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            // The peer throws what it likes; which record it was at is all that can be added.
            throw new EngineException(
                    FailureCode.ENGINE_ERROR,
                    "marc4j failed at record %d of %s: %s".formatted(totals.records, file.name(), e),
                    e);
        }
        totals.begun = totals.records;
        output.flush();
        totals.outputBytes = output.total();
        var result = new PartResult(
                totals,
                new ErrorLog(keepErrors),
                file.sizeBytes(),
                null,
                watch.nanos(),
                Allocation.bytes() - allocated);
        target.join(new WalkConsumer(), List.of(result));
        return result;
    }

    private void take(Record marc, long index, @Nullable MarcWriter writer, @Nullable Marc4jExtract extract)
            throws IOException {
        if (writer != null) {
            writer.write(marc);
        } else if (extract != null) {
            extract.put(marc, index, output);
            output.flushIfFull();
        } else {
            last = marc;
        }
    }
}
