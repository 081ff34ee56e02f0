package dyno.engine.etl;

import dyno.engine.etl.PipelineResult.Counters;
import dyno.engine.etl.PipelineResult.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One run of a pipeline, from its first hook to its last. Used by the thread of the pipeline's group; what the run's
/// own threads touch is safe for them.
final class PipelineRun<B extends Batch> {

    /// How often a run is looked after at most, and while it ends.
    private static final long SHORTEST_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /// And at least. Every look takes a core from a thread of the pipeline where cores are few.
    private static final long LONGEST_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /// Looks within the shortest time that is watched for.
    private static final int LOOKS_WITHIN = 10;

    private final PipelineSettings settings;
    private final HandOver<B> handOver;
    private final Pipeline.Parts<B> parts;
    private final Time time;
    private final Runnable changed;
    private final Stop stop = new Stop();
    private final AtomicInteger remaining = new AtomicInteger();
    private final List<Tally> tallies = new ArrayList<>();
    private final List<LoadGuard> guards = new ArrayList<>();
    private final List<StageClock> clocks = new ArrayList<>();
    private final Graveyard graveyard;
    private final BatchSizer sizer;
    private final AtomicLong loadedAtOnce = new AtomicLong();
    private @Nullable Standstill standstill;
    private long windowStart;
    private long windowLoaded;

    /// What a task of the crew does for a run.
    private interface Work {
        void run(StageClock clock) throws IOException, InterruptedException;
    }

    /// What a worker has of its own over all runs.
    record Bench<B extends Batch>(Sink.Loader loader, TransformRunner<B> transforms) {}

    /// @param changed told when the run's last thread has ended
    PipelineRun(PipelineSettings settings, HandOver<B> handOver, Pipeline.Parts<B> parts, Time time, Runnable changed) {
        this.settings = settings;
        this.handOver = handOver;
        this.parts = parts;
        this.time = time;
        this.changed = changed;
        this.graveyard = new Graveyard(parts.deadLetters(), settings);
        this.sizer = parts.sizers().get();
    }

    BatchSizer sizer() {
        return sizer;
    }

    boolean isDone() {
        return remaining.get() == 0;
    }

    void cancel() {
        stop.cancel();
    }

    /// Interrupts once more whoever has not heard yet.
    void insist() {
        if (stop.isStopping()) {
            stop.insist();
        }
    }

    /// @param benches of all workers
    void begin(Crew crew, List<Bench<B>> benches) {
        try {
            parts.lifecycle().preProcess();
        } catch (Exception e) {
            stop.fail(e);
            changed.run();
            return;
        }
        long now = time.nanos();
        windowStart = now;
        standstill = new Standstill(settings, now);
        stop.onStop(handOver::stop);
        handOver.start(new HandOver.Run(stop, sizer, now, graveyard::reject));
        var workers = new ArrayList<Work>();
        for (int worker = 0; worker < benches.size(); worker++) {
            workers.add(worker(worker, benches.get(worker))::run);
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
            var clock = new StageClock(settings.isProfiled(), time::cpuNanos);
            clocks.add(clock);
            crew.execute(() -> run(task, clock));
        }
    }

    private Worker<B> worker(int index, Bench<B> bench) {
        var tally = new Tally();
        var guard = new LoadGuard(bench.loader(), settings.loading().timeoutNanos());
        tallies.add(tally);
        guards.add(guard);
        var workerParts = new Delivery.WorkerParts(index, bench.loader(), guard, stop, graveyard, tally, time);
        Delivery.Counted counted =
                settings.isCountedAtOnce() ? records -> loadedAtOnce.getAndAdd(records) : tally::addLoaded;
        return new Worker<>(
                index,
                new Worker.Shared<>(handOver, parts.latencies(), time, settings.isPaced()),
                bench.transforms(),
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

    /// How long the run may go without [#watch].
    long tickNanos() {
        if (stop.isStopping()) {
            return SHORTEST_TICK_NANOS;
        }
        long watched = settings.loading().timeoutNanos();
        if (sizer.isAdaptive()) {
            watched = Math.min(watched, parts.windowNanos());
        }
        return Math.clamp(watched / LOOKS_WITHIN, SHORTEST_TICK_NANOS, LONGEST_TICK_NANOS);
    }

    /// Looks after loads that take too long, windows and standstill.
    void watch() {
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
        if (standstill != null) {
            standstill.look(progress(), now, stop);
        }
    }

    private long progress() {
        long progress = handOver.figures().extracted() + loaded() + graveyard.count();
        for (var tally : tallies) {
            progress += tally.failedAttempts;
        }
        return progress;
    }

    private long loaded() {
        long loaded = loadedAtOnce.get();
        for (var tally : tallies) {
            loaded += tally.loaded();
        }
        return loaded;
    }

    /// The run is done: calls the last hook.
    PipelineResult finish() {
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
        var stages = StageTimes.NONE;
        for (var clock : clocks) {
            stages = stages.plus(clock.times());
        }
        return new PipelineResult(state, counters(), stop.error(), stop.further(), stages);
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
        // Without a beginning the hand-over still tells of the run before.
        var figures = standstill == null ? new HandOver.Figures(0, 0, 0, 0) : handOver.figures();
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
