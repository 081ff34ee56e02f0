package dyno.engine.marc;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.Trial;
import dyno.engine.TrialContext;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.engine.Work;
import dyno.engine.marc.MarcWorkload.Sink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// A workload prepared in one fork. Used by one thread at a time.
final class MarcTrial implements Trial {

    private final MarcWorkload workload;
    private final TrialContext context;
    private final Inputs inputs;
    private final Runners runners;
    private final Runner runner;
    private final Measured measured;
    private @Nullable RunResult first;
    private @Nullable RunResult last;
    private @Nullable String unstable;
    private @Nullable Totals counted;

    MarcTrial(MarcWorkload workload, TrialContext context) throws IOException, InterruptedException {
        this.workload = workload;
        this.context = context;
        this.inputs = Inputs.prepare(workload, context);
        this.runners = new Runners(workload, inputs.files(), context);
        this.runner = runners.ofStrategy();
        this.measured = new Measured(workload, context.machine().processors(), runner.workers());
    }

    @Override
    public Work invoke() throws IOException, InterruptedException {
        var watch = new Stopwatch();
        var run = run();
        if (run.stop != null) {
            throw new InputDefect(run.stop);
        }
        if (run.totals.begun == 0) {
            throw new EngineException(FailureCode.INVALID_INPUT, "The input has no record");
        }
        if (first == null) {
            first = run;
        } else if (unstable == null && !sameResult(first, run)) {
            unstable = "%s; %s; then %s; %s"
                    .formatted(first.totals, first.log.fingerprint(), run.totals, run.log.fingerprint());
        }
        last = run;
        measured.add(run, watch.nanos());
        return new Work(run.totals.begun, inputs.bytes());
    }

    private RunResult run() throws IOException, InterruptedException {
        try {
            return runner.run(this::output, ErrorLog.SHOWN);
        } catch (CancellationException e) {
            if (Thread.interrupted()) {
                var interrupted = new InterruptedException("Interrupted while reading records");
                interrupted.initCause(e);
                throw interrupted;
            }
            throw e;
        }
    }

    private static boolean sameResult(RunResult a, RunResult b) {
        return a.totals.sameAs(b.totals) && a.log.sameAs(b.log);
    }

    private FileOutput output(int file) {
        return workload.sink() == Sink.DISCARD
                ? new DiscardedOutput()
                : new StoredOutput(outputPath(file), Consumers.framing(workload).header());
    }

    private Path outputPath(int file) {
        return context.scratch()
                .resolve("output-%d.%s"
                        .formatted(file, workload.operation().name().toLowerCase(Locale.ROOT)));
    }

    @Override
    public void measuringStarts() {
        measured.restart();
    }

    @Override
    public Verification verify() throws IOException, InterruptedException {
        if (last == null) {
            throw new IllegalStateException("Nothing was invoked");
        }
        var checks = new MarcVerification(workload, context, inputs, runners, runner);
        var verification = checks.verify(last, unstable, this::outputPath);
        counted = checks.counted();
        return verification;
    }

    @Override
    public TrialReport report() {
        if (last == null) {
            throw new IllegalStateException("Nothing was invoked");
        }
        return measured.report(last, counted == null ? last.totals : counted, inputs);
    }

    @Override
    public void close() {
        runner.close();
    }
}
