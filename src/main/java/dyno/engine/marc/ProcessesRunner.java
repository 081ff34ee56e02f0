package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.marc.ChildRequest.OutputMode;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// PROCESSES: a JVM of its own for each file, so that its start, class loading and cold code are part of the
/// work.
final class ProcessesRunner implements Runner {

    private static final int LOOK_MILLIS = 20;
    private static final int SHOWN_LINES = 10;

    private final MarcWorkload workload;
    private final List<InputFile> files;
    private final Workers workers;
    private final Path scratch;
    private final Set<Process> children = ConcurrentHashMap.newKeySet();

    /// @param scratch folder for answers and what children say; each run uses names of its own
    ProcessesRunner(MarcWorkload workload, List<InputFile> files, Workers workers, Path scratch) {
        this.workload = workload;
        this.files = files;
        this.workers = workers;
        this.scratch = scratch;
    }

    private record Done(ChildAnswer answer, long lifeNanos) {}

    @Override
    public RunResult run(Outputs outputs, int keepErrors) throws IOException, InterruptedException {
        var done = new Done[files.size()];
        var next = new AtomicInteger();
        var tasks = new ArrayList<Callable<Integer>>();
        for (int w = 0; w < workers.threads(); w++) {
            tasks.add(() -> {
                int count = 0;
                for (int i = next.getAndIncrement(); i < done.length; i = next.getAndIncrement()) {
                    try (var output = outputs.of(i)) {
                        done[i] = process(i, output, keepErrors);
                    }
                    count++;
                }
                return count;
            });
        }
        workers.runAll(tasks);
        var joining = new Stopwatch();
        var run = new RunResult(keepErrors);
        for (var child : done) {
            var result = child.answer.result();
            run.addFile(result, child.answer.outputBytes());
            Phases.addBusy(run, result, Phases.onlyReads(workload.operation()));
            run.writeNanos += child.answer.writeNanos();
            run.startNanos += Math.max(0, child.lifeNanos - result.busyNanos());
        }
        run.joinNanos = joining.nanos();
        return run;
    }

    private Done process(int file, FileOutput output, int keepErrors) throws IOException, InterruptedException {
        var result = scratch.resolve("child-" + file + ".result");
        var log = scratch.resolve("child-" + file + ".log");
        var mode = switch (output) {
            case DiscardedOutput discarded -> OutputMode.DISCARD;
            case StoredOutput stored -> OutputMode.STORE;
            case DigestedOutput digested -> OutputMode.DIGEST;
            default -> throw new IllegalArgumentException("No child can write to " + output.getClass());
        };
        var target = output instanceof StoredOutput stored ? stored.path() : result;
        var request = new ChildRequest(
                workload,
                files.get(file).requirePath().toAbsolutePath(),
                files.get(file).name(),
                mode,
                target.toAbsolutePath(),
                result.toAbsolutePath(),
                keepErrors);
        try {
            var watch = new Stopwatch();
            runChild(request, file, log);
            long life = watch.nanos();
            try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(result)))) {
                var answer = ChildAnswer.read(in, keepErrors);
                switch (output) {
                    case DigestedOutput digested -> digested.take(answer.pieces());
                    case StoredOutput stored -> stored.take();
                    default -> {}
                }
                return new Done(answer, life);
            }
        } finally {
            Files.deleteIfExists(result);
            Files.deleteIfExists(log);
        }
    }

    private void runChild(ChildRequest request, int file, Path log) throws IOException, InterruptedException {
        workers.check();
        var process = new ProcessBuilder(ChildCommand.line())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        children.add(process);
        try {
            var out = new DataOutputStream(process.getOutputStream());
            try {
                request.write(out);
                out.flush();
            } catch (IOException e) {
                // It died before it read what to do; its exit code and last words say more.
                throw died(process, file, log, e);
            }
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                workers.check();
            }
            if (process.exitValue() != 0) {
                throw died(process, file, log, null);
            }
        } finally {
            // Once it has ended it writes nothing more.
            process.destroyForcibly().onExit().join();
            process.getOutputStream().close();
            children.remove(process);
        }
    }

    private static EngineException died(
            Process process, int file, Path log, @org.jspecify.annotations.Nullable IOException cause)
            throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        var lines = new String(Files.readAllBytes(log), UTF_8).lines().toList();
        var last = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
        String message = "The child process of file %d ended with exit code %d: %s"
                .formatted(file, process.exitValue(), last.isEmpty() ? "it said nothing" : String.join(" | ", last));
        return cause == null
                ? new EngineException(FailureCode.FORK_FAILED, message)
                : new EngineException(FailureCode.FORK_FAILED, message, cause);
    }

    @Override
    public int workers() {
        return Math.min(workers.threads(), files.size());
    }

    @Override
    public void close() {
        children.forEach(Process::destroyForcibly);
        workers.close();
    }
}
