package dyno.engine.marc;

import dyno.engine.marc.MarcWorkload.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/// PARALLEL_FILES: each file by one thread, several files at a time.
final class ParallelFilesRunner implements Runner {

    private final List<? extends FileWorker> fileWorkers;
    private final Workers workers;
    private final int files;
    private final boolean onlyReads;

    /// @param fileWorkers one for each thread
    ParallelFilesRunner(List<? extends FileWorker> fileWorkers, Workers workers, int files, Operation operation) {
        this.fileWorkers = fileWorkers;
        this.workers = workers;
        this.files = files;
        this.onlyReads = Phases.onlyReads(operation);
    }

    /// What came of a file, and the length of its output.
    private record Done(PartResult result, long outputBytes, long writeNanos) {}

    @Override
    public RunResult run(Outputs outputs, int keepErrors) throws IOException, InterruptedException {
        var done = new Done[files];
        var next = new AtomicInteger();
        var tasks = new ArrayList<Callable<Integer>>();
        for (var worker : fileWorkers) {
            tasks.add(() -> {
                int count = 0;
                for (int i = next.getAndIncrement(); i < files; i = next.getAndIncrement()) {
                    try (var output = outputs.of(i)) {
                        var result = worker.process(i, output, keepErrors);
                        done[i] = new Done(result, output.bytes(), output.writeNanos());
                    }
                    count++;
                }
                return count;
            });
        }
        workers.runAllHere(tasks);
        var joining = new Stopwatch();
        var run = new RunResult(keepErrors);
        for (var file : done) {
            run.addFile(file.result, file.outputBytes);
            Phases.addBusy(run, file.result, onlyReads);
            run.writeNanos += file.writeNanos;
        }
        run.joinNanos = joining.nanos();
        return run;
    }

    @Override
    public int workers() {
        return workers.threads();
    }

    @Override
    public void close() {
        workers.close();
    }
}
