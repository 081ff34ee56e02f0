package dyno.measurement;

import dyno.engine.Engine;
import dyno.engine.Trial;
import dyno.engine.TrialContext;
import dyno.engine.Work;
import dyno.engine.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Runs one fork in this JVM: prepare, warm-up iterations, measured iterations, verify, report.
///
/// Safe for any number of threads. Two trials at the same time disturb each other's figures, so whoever calls
/// this sees to it that there is one, or does not trust them.
public final class TrialRunner {

    private final LongSupplier nanoTime;
    private final ResourceMeter meter;

    /// @param nanoTime the clock: `System::nanoTime`, or a test's own
    /// @param meter    tells what the timed region took
    public TrialRunner(LongSupplier nanoTime, ResourceMeter meter) {
        this.nanoTime = nanoTime;
        this.meter = meter;
    }

    /// Measures one fork. The trial is closed when this returns or throws.
    ///
    /// A failed verification is a result, not an exception.
    ///
    /// @throws dyno.engine.EngineException where the engine cannot do the work
    /// @throws CancellationException       once `context` says so, between or in invocations
    /// @throws InterruptedException        when the thread is interrupted, between or in invocations
    public <W extends Workload> MeasuredFork run(
            Engine<W> engine, W workload, Plan plan, TrialContext context, TrialListener listener)
            throws IOException, InterruptedException {
        listener.at(Stage.PREPARING, 0, 0);
        try (var trial = engine.prepare(workload, context)) {
            var stretch = new Stretch(trial, context, TimeUnit.MILLISECONDS.toNanos(plan.minIterationMillis()));
            for (int i = 0; i < plan.warmupIterations(); i++) {
                listener.at(Stage.WARMUP, i, plan.warmupIterations());
                stretch.time();
            }
            trial.measuringStarts();
            var samples = new ArrayList<Sample>(plan.iterations());
            Map<String, @Nullable Object> resources;
            try (var metering = meter.start()) {
                for (int i = 0; i < plan.iterations(); i++) {
                    listener.at(Stage.MEASURING, i, plan.iterations());
                    metering.resume();
                    var sample = stretch.time();
                    metering.pause();
                    samples.add(sample);
                }
                resources = metering.readings();
            }
            listener.at(Stage.VERIFYING, 0, 0);
            var verification = trial.verify();
            return new MeasuredFork(
                    context.fork(),
                    ProcessHandle.current().pid(),
                    JvmFlags.ofThisJvm(),
                    List.copyOf(samples),
                    trial.report(),
                    verification,
                    resources);
        }
    }

    /// The timed region: invocations until the shortest iteration time is over.
    private final class Stretch {

        private final Trial trial;
        private final TrialContext context;
        private final long minNanos;

        private Stretch(Trial trial, TrialContext context, long minNanos) {
            this.trial = trial;
            this.context = context;
            this.minNanos = minNanos;
        }

        private Sample time() throws IOException, InterruptedException {
            long items = 0;
            long bytes = 0;
            long invocations = 0;
            long elapsed;
            long start = nanoTime.getAsLong();
            do {
                if (Thread.interrupted()) {
                    throw new InterruptedException("Interrupted between invocations");
                }
                context.cancellation().check();
                Work work = trial.invoke();
                items = Math.addExact(items, work.items());
                bytes = Math.addExact(bytes, work.bytes());
                invocations++;
                // Read after each invocation, never inside one: about 25 ns, nothing beside the microseconds
                // and more that an invocation takes.
                long end = nanoTime.getAsLong();
                elapsed = end - start;
                trial.betweenInvocations();
                // As if it had taken no time at all.
                start += nanoTime.getAsLong() - end;
            } while (elapsed < minNanos);
            return new Sample(elapsed, invocations, items, bytes);
        }
    }
}
