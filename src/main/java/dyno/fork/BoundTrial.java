package dyno.fork;

import dyno.catalog.EngineCatalog;
import dyno.catalog.EngineEntry;
import dyno.engine.Cancellation;
import dyno.engine.TrialContext;
import dyno.engine.Workload;
import dyno.measurement.MeasuredFork;
import dyno.measurement.TrialListener;
import dyno.measurement.TrialRunner;
import java.io.IOException;

/// Finds a request's engine, makes its workload record and runs the trial in this JVM. Safe for any number of threads.
final class BoundTrial {

    private final EngineCatalog catalog;
    private final TrialRunner runner;

    BoundTrial(EngineCatalog catalog, TrialRunner runner) {
        this.catalog = catalog;
        this.runner = runner;
    }

    /// @throws IllegalArgumentException where there is no such engine
    MeasuredFork run(ForkRequest request, Cancellation cancellation, TrialListener listener)
            throws IOException, InterruptedException {
        return run(catalog.require(request.engine()), request, cancellation, listener);
    }

    private <W extends Workload> MeasuredFork run(
            EngineEntry<W> entry, ForkRequest request, Cancellation cancellation, TrialListener listener)
            throws IOException, InterruptedException {
        var context = new TrialContext(
                request.scratch(),
                request.cache(),
                request.machine(),
                cancellation,
                request.fork(),
                request.depth(),
                request.datasets(),
                request.secrets(),
                request.job(),
                request.attempt());
        return runner.run(entry.engine(), entry.workload(request.workload()), request.plan(), context, listener);
    }
}
