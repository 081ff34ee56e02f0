package dyno.engine.marc;

import dyno.engine.marc.MarcWorkload.Operation;
import java.io.IOException;

/// SEQUENTIAL: files one after another, on the calling thread.
final class SequentialRunner implements Runner {

    private final FileWorker worker;
    private final int files;
    private final boolean onlyReads;

    SequentialRunner(FileWorker worker, int files, Operation operation) {
        this.worker = worker;
        this.files = files;
        this.onlyReads = Phases.onlyReads(operation);
    }

    @Override
    public RunResult run(Outputs outputs, int keepErrors) throws IOException {
        var run = new RunResult(keepErrors);
        for (int i = 0; i < files && run.stop == null; i++) {
            try (var output = outputs.of(i)) {
                var result = worker.process(i, output, keepErrors);
                run.addFile(result, output.bytes());
                Phases.addBusy(run, result, onlyReads);
                run.writeNanos += output.writeNanos();
            }
        }
        return run;
    }

    @Override
    public int workers() {
        return 1;
    }

    @Override
    public void close() {}
}
