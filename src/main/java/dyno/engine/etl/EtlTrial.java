package dyno.engine.etl;

import dyno.engine.Trial;
import dyno.engine.TrialContext;
import dyno.engine.TrialReport;
import dyno.engine.Verification;
import dyno.engine.Work;
import dyno.engine.kernel.Closing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A workload's pipelines prepared in one fork: connections open, buffers made, threads started. Used by one thread.
final class EtlTrial implements Trial {

    private final EtlWorkload workload;
    private final TrialContext context;
    private final EtlSink sink;
    private final DeadLetterFile deadLetters;
    private final Latencies latencies = new Latencies();
    private final @Nullable Supplier<Source<OriginalUser, ObjectBatch<OriginalUser>>> input;
    private final Fleet fleet;
    private final RecordSize recordSize;
    private final List<Fleet.Outcome> outcomes = new ArrayList<>();
    private final AllocationMeter allocation = new AllocationMeter();
    private @Nullable EtlVerification verified;

    private EtlTrial(EtlWorkload workload, TrialContext context) throws IOException, InterruptedException {
        this.workload = workload;
        this.context = context;
        this.recordSize = RecordSize.measure(workload, context.depth());
        this.deadLetters = new DeadLetterFile(folder(workload, context).resolve(DeadLetterFile.NAME));
        this.input = Inputs.open(workload, context);
        this.sink = FaultySink.around(Sinks.open(workload, context), workload);
        try {
            this.fleet = new Fleet(workload, outside(false), context.cancellation());
        } catch (Throwable e) {
            Closing.all(sink).after(e);
            throw e;
        }
    }

    /// Dead letters of a kept load are kept with it; others go with the fork.
    private static Path folder(EtlWorkload workload, TrialContext context) {
        return workload.target() == null ? context.scratch() : context.kept();
    }

    static Trial prepare(EtlWorkload workload, TrialContext context) throws IOException, InterruptedException {
        return switch (workload.scope()) {
            case PIPELINE -> new EtlTrial(workload, context);
            case GENERATE, COPY -> new ScopeTrial(workload, context);
        };
    }

    Assembly.Outside outside(boolean isProfiled) {
        return new Assembly.Outside(
                sink,
                input,
                deadLetters,
                isProfiled ? new Latencies() : latencies,
                Time.system(),
                context.machine().processors(),
                isProfiled,
                Long.MAX_VALUE);
    }

    @Override
    public void reset() throws IOException, InterruptedException {
        deadLetters.restart();
        sink.reset();
    }

    @Override
    public Work invoke() throws InterruptedException {
        var outcome = fleet.run();
        outcomes.add(outcome);
        return new Work(outcome.counters().loaded(), outcome.counters().inputBytes());
    }

    @Override
    public void measuringStarts() {
        latencies.reset();
        outcomes.clear();
        allocation.start();
    }

    @Override
    public Verification verify() throws IOException, InterruptedException {
        if (outcomes.isEmpty()) {
            throw new IllegalStateException("Nothing was invoked");
        }
        allocation.stop();
        var verification = new EtlVerification(
                workload, context, new EtlVerification.Subject(fleet, sink, outcomes, recordSize, input));
        verified = verification;
        return verification.verify(this::profile);
    }

    /// One more invocation with stage clocks.
    private Fleet.Outcome profile() throws IOException, InterruptedException {
        reset();
        try (var profiled = new Fleet(workload, outside(true), context.cancellation())) {
            return profiled.run();
        }
    }

    @Override
    public TrialReport report() {
        var verification = verified;
        if (verification == null) {
            throw new IllegalStateException("Nothing was verified");
        }
        var report = new EtlReport(workload, context.machine(), outcomes, latencies, sink)
                .write(fleet, verification, recordSize, allocation);
        return input instanceof UsersInput users ? users.describe(report) : report;
    }

    @Override
    public void close() throws IOException {
        Closing.all(fleet, deadLetters, sink).close();
    }
}
