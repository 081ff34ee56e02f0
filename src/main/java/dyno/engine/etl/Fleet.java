package dyno.engine.etl;

import dyno.engine.Cancellation;
import dyno.engine.EngineException;
import dyno.engine.etl.EtlWorkload.PipelineFailure;
import dyno.engine.etl.PipelineResult.Counters;
import dyno.engine.etl.PipelineResult.State;
import dyno.engine.kernel.Closing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CancellationException;

/// A workload's pipelines with their threads, ready to run as often as one likes. Used by one thread.
final class Fleet implements AutoCloseable {

    private final EtlWorkload workload;
    private final Assembly assembly;
    private final Cancellation cancellation;
    private final Time time;
    private final List<Pipeline<?>> pipelines = new ArrayList<>();
    private final List<Hooks> hooks = new ArrayList<>();
    private final Crew crew;
    private long busyAfterwards;

    /// What one run of all pipelines came to.
    ///
    /// @param generationBlocks blocks made of generation BATCHED
    /// @param stages           what the threads' CPU time was spent on; nothing unless stage clocks ran
    record Outcome(Counters counters, long generationBlocks, StageTimes stages, long elapsedNanos) {}

    Fleet(EtlWorkload workload, Assembly.Outside outside, Cancellation cancellation)
            throws IOException, InterruptedException {
        this.workload = workload;
        this.cancellation = cancellation;
        this.time = outside.time();
        this.assembly = new Assembly(workload, outside);
        int threads = Assembly.settings(workload, outside.processors(), 0).threads();
        this.crew = new Crew(threads * workload.resolvedSlots());
        try {
            for (int index = 0; index < workload.pipelines(); index++) {
                var counting = new Hooks();
                hooks.add(counting);
                pipelines.add(assembly.pipeline(index, counting));
            }
        } catch (Throwable e) {
            closing().after(e);
            throw e;
        }
    }

    /// Runs all pipelines once.
    ///
    /// @throws EngineException       where one failed
    /// @throws CancellationException where the run was cancelled
    Outcome run() throws InterruptedException {
        hooks.forEach(Hooks::restart);
        assembly.generationBlocks().set(0);
        long start = time.nanos();
        var group = new PipelineGroup(
                workload.resolvedSlots(), workload.pipelineFailure() == PipelineFailure.CANCEL_SIBLINGS, crew, time);
        List<PipelineResult> results;
        try {
            results = group.run(pipelines, cancellation);
        } finally {
            awaitIdle();
        }
        var counters = Counters.NONE;
        var stages = StageTimes.NONE;
        for (var result : results) {
            counters = counters.plus(result.counters());
            stages = stages.plus(result.stages());
        }
        requireSuccess(results, counters);
        return new Outcome(counters, assembly.generationBlocks().get(), stages, time.nanos() - start);
    }

    /// A task counts down before its thread is back in the pool; a moment later it is.
    private void awaitIdle() {
        long start = time.nanos();
        while (crew.busy() > 0 && time.nanos() - start < 1_000_000_000L) {
            Thread.onSpinWait();
        }
        busyAfterwards += crew.busy();
    }

    private void requireSuccess(List<PipelineResult> results, Counters counters) {
        for (var result : results) {
            var error = result.error();
            if (result.state() == State.FAILED && error != null) {
                throw failure(error, result.further(), counters);
            }
        }
        if (results.size() < pipelines.size() || results.stream().anyMatch(r -> r.state() == State.CANCELLED)) {
            throw new CancellationException("cancelled");
        }
    }

    private EngineException failure(Throwable error, List<Throwable> further, Counters counters) {
        var details = new LinkedHashMap<String, Object>();
        if (error instanceof PipelineException pipeline) {
            details.putAll(pipeline.details());
        } else {
            details.put("cause", error.toString());
        }
        details.put("extracted", counters.extracted());
        details.put("loaded", counters.loaded());
        details.put("deadLettered", counters.deadLettered());
        details.put("filtered", counters.filtered());
        details.put("retries", counters.retries());
        details.put("failedAttempts", counters.failedAttempts());
        details.put("hooks", hookCounts());
        if (!further.isEmpty()) {
            details.put(
                    "furtherErrors",
                    further.stream().limit(5).map(String::valueOf).toList());
        }
        var message = error instanceof PipelineException || error instanceof EngineException
                ? String.valueOf(error.getMessage())
                : "A pipeline ended with " + error;
        var failure = new EngineException(Failures.code(error), message, details);
        failure.initCause(error);
        return failure;
    }

    /// Of one pipeline: its hooks; of several: a list.
    Object hookCounts() {
        var counts = hooks.stream().map(Hooks::counts).toList();
        return counts.size() == 1 ? counts.getFirst() : counts;
    }

    boolean isEveryHookOnce() {
        return hooks.stream().allMatch(Hooks::isSuccess);
    }

    /// Tasks that had not ended when a run was over, over all runs.
    long busyAfterwards() {
        return busyAfterwards;
    }

    List<AdaptiveSizer.Decision> adaptiveTrace() {
        return pipelines.getFirst().run().sizer() instanceof AdaptiveSizer sizer ? sizer.trace() : List.of();
    }

    /// Records of all pipelines.
    long records() {
        long records = 0;
        for (int index = 0; index < workload.pipelines(); index++) {
            records += assembly.records(index);
        }
        return records;
    }

    private Closing closing() {
        return Closing.all(pipelines).and(crew);
    }

    @Override
    public void close() throws IOException {
        closing().close();
    }
}
