package dyno.fork;

import dyno.catalog.EngineCatalog;
import dyno.engine.Cancellation;
import dyno.engine.FailureCode;
import dyno.fork.ForkOutcome.Failed;
import dyno.fork.ForkOutcome.Measured;
import dyno.measurement.SharedJvmMeter;
import dyno.measurement.TrialListener;
import dyno.measurement.TrialRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Runs forks in the service's own JVM: answers fast, and is not to be trusted with figures.
///
/// Safe for any number of threads; how many run at once, the pool decides. The listener is called on a thread of
/// the pool.
public final class SmokeRunner implements TrialHost {

    private static final Logger LOG = System.getLogger(SmokeRunner.class.getName());

    /// Engines promise to end within a second of their cancellation. One that does not is left to itself after this.
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final BoundTrial trial;
    private final Executor engines;

    /// @param engines see [#pool]; closed by whoever made it
    public SmokeRunner(EngineCatalog catalog, Executor engines, LongSupplier nanoTime) {
        this.trial = new BoundTrial(catalog, new TrialRunner(nanoTime, new SharedJvmMeter()));
        this.engines = engines;
    }

    /// Platform threads called `engine-0`, `engine-1`, …: trials occupy a processor and may block in native code.
    public static ExecutorService pool(int threads) {
        return Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("engine-", 0).daemon().factory());
    }

    /// @throws java.util.concurrent.RejectedExecutionException where the pool takes no more work
    @Override
    public ForkOutcome run(ForkRequest request, TrialListener listener, Duration timeout) throws InterruptedException {
        var attempt = new SmokeAttempt(cancellation -> outcome(request, listener, cancellation));
        engines.execute(attempt);
        boolean ended = false;
        try {
            ended = attempt.await(timeout.toNanos());
        } finally {
            if (!ended) {
                end(attempt, request);
            }
        }
        if (ended) {
            return attempt.outcome();
        }
        return new Failed(
                FailureCode.TIMED_OUT,
                "The trial was not done after %.3f s".formatted(timeout.toNanos() / 1e9),
                Map.of());
    }

    private static void end(SmokeAttempt attempt, ForkRequest request) {
        attempt.cancel();
        if (!attempt.awaitUninterrupted(PATIENCE_NANOS)) {
            LOG.log(Level.ERROR, "engine {0} goes on although it was cancelled", request.engine());
        }
    }

    /// Whatever is thrown, errors included, is the trial's outcome: the trace goes to the log, a sentence to the
    /// client.
    private ForkOutcome outcome(ForkRequest request, TrialListener listener, Cancellation cancellation) {
        try {
            return new Measured(trial.run(request, cancellation, listener));
        } catch (Throwable thrown) {
            var secrets = new Secrets(request.secrets());
            if (!cancellation.isCancelled()) {
                LOG.log(
                        Level.WARNING,
                        "trial of engine {0} failed\n{1}",
                        request.engine(),
                        secrets.redact(trace(thrown)));
            }
            var failed = Failures.of(thrown);
            return new Failed(failed.code(), secrets.redact(failed.message()), secrets.redact(failed.details()));
        }
    }

    private static String trace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
