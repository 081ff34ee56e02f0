package dyno.engine.marc;

import dyno.engine.Cancellation;
import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.marc4j.MarcException;
import org.marc4j.marc.Record;

/// WRITE by the peer: its objects, made before the clock starts, through its stream writer. Used by one thread at
/// a time.
final class Marc4jWriteWorker implements FileWorker {

    private static final int CHECK_RECORDS = 4096;

    private final MarcWorkload workload;
    private final List<InputFile> files;
    private final List<List<Record>> made;
    private final Cancellation cancellation;
    private final Output output = new Output(OutputSink.DISCARD);

    Marc4jWriteWorker(
            MarcWorkload workload, List<InputFile> files, List<List<Record>> made, Cancellation cancellation) {
        this.workload = workload;
        this.files = files;
        this.made = made;
        this.cancellation = cancellation;
    }

    static List<Record> read(MarcWorkload workload, InputFile file, Cancellation cancellation) throws IOException {
        var records = new ArrayList<Record>();
        try (var in = file.stream()) {
            var reader = Marc4j.reader(in, workload);
            while (reader.hasNext()) {
                if (records.size() % CHECK_RECORDS == 0) {
                    cancellation.check();
                }
                records.add(reader.next());
            }
        } catch (MarcException e) {
            throw new EngineException(
                    FailureCode.ENGINE_ERROR,
                    "marc4j failed at record %d of %s: %s".formatted(records.size(), file.name(), e),
                    e);
        }
        return records;
    }

    @Override
    public PartResult process(int number, FileOutput target, int keepErrors) throws IOException {
        var file = files.get(number);
        boolean convertsMarc8 = Marc4j.leavesMarc8(file, workload);
        var watch = new Stopwatch();
        long allocated = Allocation.bytes();
        output.redirect(target.part(0));
        var totals = new Totals();
        var writer = Objects.requireNonNull(Marc4j.writer(new OutputStreamOf(output), workload, convertsMarc8));
        for (var marc : made.get(number)) {
            if (totals.records % CHECK_RECORDS == 0) {
                cancellation.check();
            }
            try {
                writer.write(marc);
            } catch (EngineException e) {
                throw e;
            } catch (RuntimeException e) {
                // The peer throws what it likes; which record it was at is all that can be added.
                throw new EngineException(
                        FailureCode.ENGINE_ERROR,
                        "marc4j failed at record %d of %s: %s".formatted(totals.records, file.name(), e),
                        e);
            }
            totals.records++;
        }
        writer.close();
        output.flush();
        totals.begun = totals.records;
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
}
