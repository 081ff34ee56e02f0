package dyno.engine.marc;

import dyno.engine.Cancellation;
import dyno.engine.TrialContext;
import dyno.engine.marc.MarcWorkload.CharacterSet;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.Implementation;
import dyno.engine.marc.MarcWorkload.Normalization;
import dyno.engine.marc.MarcWorkload.Operation;
import dyno.engine.marc.MarcWorkload.Validation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.marc4j.marc.Record;

/// Makes the runners of a trial, and the objects that WRITE starts from.
final class Runners {

    private final MarcWorkload workload;
    private final List<InputFile> files;
    private final TrialContext context;
    private final List<MadeRecords> made = new ArrayList<>();
    private final List<List<Record>> peersMade = new ArrayList<>();

    Runners(MarcWorkload workload, List<InputFile> files, TrialContext context) throws IOException {
        this.workload = workload;
        this.files = files;
        this.context = context;
        if (workload.operation() == Operation.WRITE) {
            makeObjects();
        }
    }

    private void makeObjects() throws IOException {
        for (int i = 0; i < files.size(); i++) {
            if (workload.implementation() == Implementation.MARC4J) {
                peersMade.add(Marc4jWriteWorker.read(workload, files.get(i), context.cancellation()));
            } else {
                made.add(MadeRecords.of(ReadSettings.of(workload), files, i, ErrorLog.SHOWN, context.cancellation()));
            }
        }
    }

    /// What the workload's strategy says.
    Runner ofStrategy() {
        return switch (workload.strategy()) {
            case SEQUENTIAL -> sequential();
            case PARALLEL_FILES -> {
                var workers = new Workers(workload.threads(), context.cancellation());
                var fileWorkers = new ArrayList<FileWorker>();
                for (int i = 0; i < Math.min(workload.threads(), files.size()); i++) {
                    fileWorkers.add(worker(workers));
                }
                yield new ParallelFilesRunner(fileWorkers, workers, files.size(), workload.operation());
            }
            case SPLIT_FILE -> split(new Workers(workload.threads(), context.cancellation()));
            case PIPELINE ->
                new PipelineRunner(
                        workload,
                        () -> Consumers.of(workload),
                        new Workers(workload.threads(), context.cancellation()),
                        files.getFirst());
            case PROCESSES ->
                new ProcessesRunner(
                        workload, files, new Workers(workload.threads(), context.cancellation()), context.scratch());
        };
    }

    /// The same work on the calling thread alone: what every other strategy has to agree with.
    SequentialRunner sequential() {
        Cancellation cancellation = () ->
                context.cancellation().isCancelled() || Thread.currentThread().isInterrupted();
        return new SequentialRunner(worker(cancellation), files.size(), workload.operation());
    }

    /// The calling thread takes each record to `consumer`.
    SequentialRunner sequential(RecordConsumer consumer, ReadSettings settings) {
        var worker = new CodecWorker(settings, consumer, files, context.cancellation());
        return new SequentialRunner(worker, files.size(), workload.operation());
    }

    private FileWorker worker(Cancellation cancellation) {
        if (workload.operation() != Operation.WRITE) {
            return FileWorkers.of(workload, files, cancellation);
        }
        return workload.implementation() == Implementation.MARC4J
                ? new Marc4jWriteWorker(workload, files, peersMade, cancellation)
                : new WriteWorker(files, made, workload.errorMode(), cancellation);
    }

    private SplitRunner split(Workers workers) {
        var counters = new ArrayList<CodecWorker>();
        if (Consumers.of(workload).tellsIndex()) {
            var settings =
                    new ReadSettings(ErrorMode.LENIENT, Validation.STRUCTURAL, CharacterSet.AUTO, Normalization.NONE);
            for (int i = 0; i < workload.threads(); i++) {
                counters.add(new CodecWorker(settings, new WalkConsumer(), files, workers));
            }
        }
        return new SplitRunner(
                () -> new CodecWorker(ReadSettings.of(workload), Consumers.of(workload), files, workers),
                counters,
                workers,
                files.getFirst(),
                workload);
    }
}
