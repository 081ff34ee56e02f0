package dyno.engine.etl;

import dyno.engine.FailureCode;
import dyno.engine.etl.PipelineResult.Counters;
import dyno.engine.etl.PipelineResult.State;
import dyno.engine.etl.StageClock.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Source, transform and sink with a bounded hand-over between them. Buffers, queues and loaders are made once; it
/// runs
/// as often as one likes, one run at a time, under a [PipelineGroup].
///
/// Used by one thread, the group's; its own threads are a [Crew]'s.
final class Pipeline<B extends Batch> implements AutoCloseable {

    /// Beyond the longest time that a load with all its attempts may take.
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final PipelineSettings settings;
    private final HandOver<B> handOver;
    private final Parts<B> parts;
    private final Time time;
    private final List<Sink.Loader> loaders = new ArrayList<>();
    private final List<TransformRunner<B>> transforms = new ArrayList<>();
    private @Nullable Running running;

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
                loaders.add(parts.sink().open(settings.index(), worker));
                transforms.add(new TransformRunner<>(parts.transform().open(), parts.copier(), settings, time));
            }
        } catch (Throwable e) {
            closeAfter(e);
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
        var next = new Running(changed);
        running = next;
        next.begin(crew);
    }

    /// Looks after the run: loads that take too long, windows, standstill. Called every few milliseconds.
    void watch() {
        current().watch();
    }

    boolean isDone() {
        return current().remaining.get() == 0;
    }

    void cancel() {
        current().stop.cancel();
    }

    /// Interrupts once more whoever has not heard yet.
    void insist() {
        if (current().stop.isStopping()) {
            current().stop.insist();
        }
    }

    /// The run is done: calls the last hook.
    PipelineResult finish() {
        return current().finish();
    }

    /// The sizer of the last run.
    BatchSizer sizer() {
        return current().sizer;
    }

    private Running current() {
        var run = running;
        if (run == null) {
            throw new IllegalStateException("The pipeline was never started");
        }
        return run;
    }

    @Override
    public void close() throws IOException {
        transforms.forEach(TransformRunner::close);
        IOException failure = null;
        for (var loader : loaders) {
            try {
                loader.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void closeAfter(Throwable failure) {
        try {
            close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /// What a task of the crew does for a run.
    private interface Work {
        void run(StageClock clock) throws IOException, InterruptedException;
    }

    private final class Running {

        private final Stop stop = new Stop();
        private final Runnable changed;
        private final AtomicInteger remaining = new AtomicInteger();
        private final List<Tally> tallies = new ArrayList<>();
        private final List<LoadGuard> guards = new ArrayList<>();
        private final List<StageClock> clocks = new ArrayList<>();
        private final Graveyard graveyard = new Graveyard(parts.deadLetters(), settings);
        private final BatchSizer sizer = parts.sizers().get();
        private final AtomicLong loadedAtOnce = new AtomicLong();
        private boolean preProcessed;
        private long windowStart;
        private long windowLoaded;
        private long lastMoved;
        private long lastProgress = -1;

        private Running(Runnable changed) {
            this.changed = changed;
        }

        private void begin(Crew crew) {
            try {
                parts.lifecycle().preProcess();
                preProcessed = true;
            } catch (Exception e) {
                stop.fail(e);
                changed.run();
                return;
            }
            long now = time.nanos();
            windowStart = now;
            lastMoved = now;
            stop.onStop(handOver::stop);
            handOver.start(new HandOver.Run(stop, sizer, now, graveyard::reject));
            var workers = new ArrayList<Work>();
            for (int worker = 0; worker < settings.workers(); worker++) {
                workers.add(worker(worker)::run);
            }
            // Extractors first: while the others' threads wake there is something to take already.
            var work = new ArrayList<Work>();
            for (int extractor = 0; extractor < settings.extractors(); extractor++) {
                int index = extractor;
                work.add(clock -> handOver.extract(index, clock));
            }
            if (handOver instanceof RecordHandOver<?> records) {
                records.watch(tallies);
                work.add(handOver::feed);
            }
            work.addAll(workers);
            stop.onStop(() -> guards.forEach(LoadGuard::abort));
            remaining.set(work.size());
            for (var task : work) {
                var clock = new StageClock(settings.isProfiled());
                clocks.add(clock);
                crew.execute(() -> run(task, clock));
            }
        }

        private Worker<B> worker(int index) {
            var tally = new Tally();
            var loader = loaders.get(index);
            var guard = new LoadGuard(loader, settings.loading().timeoutNanos());
            tallies.add(tally);
            guards.add(guard);
            var workerParts = new Delivery.WorkerParts(index, loader, guard, stop, graveyard, tally, time);
            Delivery.Counted counted =
                    settings.isCountedAtOnce() ? records -> loadedAtOnce.getAndAdd(records) : tally::addLoaded;
            return new Worker<>(
                    index,
                    new Worker.Shared<>(handOver, parts.latencies(), time, settings.isPaced()),
                    transforms.get(index),
                    new Delivery(settings, workerParts, counted),
                    workerParts);
        }

        /// Anything a thread throws ends the run; nothing is lost but what is thrown because the run ends.
        private void run(Work task, StageClock clock) {
            stop.join();
            clock.start();
            try {
                task.run(clock);
            } catch (InterruptedException e) {
                if (!stop.isStopping()) {
                    stop.fail(new IllegalStateException("A thread of the pipeline was interrupted from outside", e));
                }
            } catch (Throwable e) {
                stop.fail(e);
            } finally {
                clock.stop();
                stop.leave();
                if (remaining.decrementAndGet() == 0) {
                    changed.run();
                }
            }
        }

        private void watch() {
            long now = time.nanos();
            guards.forEach(guard -> guard.check(now));
            if (sizer.isAdaptive() && now - windowStart >= parts.windowNanos()) {
                long loaded = loaded();
                if (loaded > windowLoaded) {
                    sizer.windowEnded((loaded - windowLoaded) * 1e9 / (now - windowStart));
                }
                windowStart = now;
                windowLoaded = loaded;
            }
            standstill(now);
        }

        private void standstill(long now) {
            long progress = handOver.figures().extracted() + loaded() + graveyard.count();
            for (var tally : tallies) {
                progress += tally.failedAttempts;
            }
            if (progress != lastProgress) {
                lastProgress = progress;
                lastMoved = now;
                return;
            }
            var loading = settings.loading();
            long patience = loading.timeoutNanos() * loading.retry().maxAttempts()
                    + loading.retry().maxNanos()
                    + settings.transforming().waitNanos() * settings.largestBatch()
                    + PATIENCE_NANOS;
            if (now - lastMoved > patience && !stop.isStopping()) {
                stop.fail(new PipelineException(
                        FailureCode.ENGINE_ERROR,
                        "Nothing moved in pipeline %d for %d s".formatted(settings.index(), patience / 1_000_000_000),
                        Map.of("threads", stop.stacks()),
                        null));
            }
        }

        private long loaded() {
            long loaded = loadedAtOnce.get();
            for (var tally : tallies) {
                loaded += tally.loaded();
            }
            return loaded;
        }

        private PipelineResult finish() {
            var state = stop.isCancelled() ? State.CANCELLED : stop.isStopping() ? State.FAILED : State.SUCCEEDED;
            if (state == State.SUCCEEDED) {
                try {
                    parts.lifecycle().postProcess();
                } catch (Exception e) {
                    stop.fail(e);
                    state = State.FAILED;
                }
            } else {
                mourn(state);
            }
            var phases = new EnumMap<Stage, Long>(Stage.class);
            long other = 0;
            for (var clock : clocks) {
                other += clock.total();
                for (var stage : Stage.values()) {
                    phases.merge(stage, clock.nanos(stage), Long::sum);
                    other -= clock.nanos(stage);
                }
            }
            return new PipelineResult(state, counters(), stop.error(), stop.further(), phases, other);
        }

        private void mourn(State state) {
            var error = stop.error();
            var cause = error != null
                    ? error
                    : new CancellationException("pipeline %d was %s".formatted(settings.index(), state));
            try {
                parts.lifecycle().onFailure(cause);
            } catch (Exception e) {
                stop.fail(e);
            }
        }

        private Counters counters() {
            var total = new Tally();
            for (var tally : tallies) {
                total.add(tally);
            }
            var figures = preProcessed ? handOver.figures() : new HandOver.Figures(0, 0, 0, 0);
            return new Counters(
                    figures.extracted() + graveyard.unread(),
                    total.loaded() + loadedAtOnce.get(),
                    total.rows,
                    total.sum,
                    total.xor,
                    total.inputBytes,
                    graveyard.count(),
                    total.filtered,
                    total.batches,
                    total.retries,
                    total.failedAttempts,
                    total.bisections,
                    figures.depthHighWater(),
                    figures.liveHighWater(),
                    figures.blockedNanos(),
                    total.idleNanos,
                    total.agedBatches,
                    total.largestBatch,
                    total.largestBatchBytes,
                    total.inFlight,
                    total.batchSizes,
                    graveyard.ids());
        }
    }
}
