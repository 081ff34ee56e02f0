package dyno.engine.etl;

import dyno.engine.kernel.Closing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Source, transform and sink with a bounded hand-over between them. Buffers, queues and loaders are made once; it
/// runs as often as one likes, one run at a time, under a [PipelineGroup].
///
/// Used by one thread, the group's; its own threads are a [Crew]'s.
final class Pipeline<B extends Batch> implements AutoCloseable {

    private final PipelineSettings settings;
    private final HandOver<B> handOver;
    private final Parts<B> parts;
    private final Time time;
    private final List<PipelineRun.Bench<B>> benches = new ArrayList<>();
    private @Nullable PipelineRun<B> running;

    /// What a pipeline is made of beside its hand-over.
    ///
    /// @param copier      replaces a batch's records by deep copies; null: none are made
    /// @param lifecycle   hears of every run
    /// @param deadLetters where records go that are given up
    /// @param latencies   of all runs
    /// @param sizers      the batch size of each run
    record Parts<B extends Batch>(
            Transform<B> transform,
            @Nullable Consumer<B> copier,
            Sink sink,
            Lifecycle lifecycle,
            DeadLetters deadLetters,
            Latencies latencies,
            Supplier<BatchSizer> sizers,
            long windowNanos) {}

    /// Opens the sink for every worker.
    Pipeline(PipelineSettings settings, HandOver<B> handOver, Parts<B> parts, Time time)
            throws IOException, InterruptedException {
        this.settings = settings;
        this.handOver = handOver;
        this.parts = parts;
        this.time = time;
        try {
            for (int worker = 0; worker < settings.workers(); worker++) {
                benches.add(new PipelineRun.Bench<>(
                        parts.sink().open(settings.index(), worker),
                        new TransformRunner<>(parts.transform().open(), parts.copier(), settings, time)));
            }
        } catch (Throwable e) {
            closing().after(e);
            throw e;
        }
    }

    PipelineSettings settings() {
        return settings;
    }

    /// Begins a run.
    ///
    /// @param changed told when the run's last thread has ended
    void start(Crew crew, Runnable changed) {
        var next = new PipelineRun<>(settings, handOver, parts, time, changed);
        running = next;
        next.begin(crew, benches);
    }

    /// The run that was started last.
    PipelineRun<B> run() {
        var run = running;
        if (run == null) {
            throw new IllegalStateException("The pipeline was never started");
        }
        return run;
    }

    private Closing closing() {
        return Closing.all(benches.stream().map(PipelineRun.Bench::transforms).toList())
                .and(benches.stream().map(PipelineRun.Bench::loader).toList());
    }

    @Override
    public void close() throws IOException {
        closing().close();
    }
}
