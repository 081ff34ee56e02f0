package dyno.engine.etl;

import dyno.engine.Cancellation;
import dyno.engine.etl.PipelineResult.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;

/// Runs pipelines side by side, so many at once, and returns when the last one has ended: whatever happens, no
/// thread of
/// theirs is busy afterwards.
///
/// @param slots           pipelines that run at once
/// @param cancelsSiblings whether the others are cancelled when one fails
record PipelineGroup(int slots, boolean cancelsSiblings, Crew crew, Time time) {

    /// How long threads get to hear an interrupt before they are interrupted again, in ticks of a run that
    /// ends.
    private static final int INSISTING_TICKS = 20;

    /// One group's run.
    private final class Watch {

        private final Semaphore changed = new Semaphore(0);
        private final Map<Pipeline<?>, PipelineResult> results = new LinkedHashMap<>();
        private final List<Pipeline<?>> running = new ArrayList<>();
        private boolean starting = true;

        private void startMore(List<? extends Pipeline<?>> waiting) {
            while (starting && running.size() < slots && !waiting.isEmpty()) {
                var next = waiting.removeFirst();
                running.add(next);
                next.start(crew, changed::release);
            }
        }

        private long tickNanos() {
            long tick = Long.MAX_VALUE;
            for (var pipeline : running) {
                tick = Math.min(tick, pipeline.run().tickNanos());
            }
            return tick;
        }

        private void look() {
            for (var pipeline : List.copyOf(running)) {
                if (pipeline.run().isDone()) {
                    running.remove(pipeline);
                    var result = pipeline.run().finish();
                    results.put(pipeline, result);
                    if (result.state() == State.FAILED && cancelsSiblings) {
                        cancel();
                    }
                } else {
                    pipeline.run().watch();
                }
            }
        }

        private void cancel() {
            starting = false;
            running.forEach(pipeline -> pipeline.run().cancel());
        }
    }

    /// @return the results of those that were started, in order of their pipelines
    /// @throws InterruptedException when the calling thread is interrupted; all have ended by then
    List<PipelineResult> run(List<? extends Pipeline<?>> pipelines, Cancellation cancellation)
            throws InterruptedException {
        var watch = new Watch();
        var waiting = new ArrayList<>(pipelines);
        InterruptedException interrupted = null;
        int ticks = 0;
        watch.startMore(waiting);
        while (!watch.running.isEmpty()) {
            try {
                boolean _ = time.acquire(watch.changed, watch.tickNanos());
            } catch (InterruptedException e) {
                interrupted = e;
                watch.cancel();
            }
            if (cancellation.isCancelled()) {
                watch.cancel();
            }
            watch.look();
            watch.startMore(waiting);
            if (++ticks % INSISTING_TICKS == 0) {
                watch.running.forEach(pipeline -> pipeline.run().insist());
            }
        }
        if (interrupted != null) {
            throw interrupted;
        }
        return pipelines.stream()
                .filter(watch.results::containsKey)
                .map(pipeline -> Objects.requireNonNull(watch.results.get(pipeline)))
                .toList();
    }
}
