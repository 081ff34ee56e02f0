package dyno.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Follows jobs side by side until all are over. Used by one thread, which alone touches the display.
final class Watch {

    /// What a follower's thread has to say.
    private sealed interface Signal {

        record Happened(FollowedJob job, JobEvent event) implements Signal {}

        record Ended(FollowedJob job, JsonNode tree) implements Signal {}

        record Stopped(RuntimeException reason) implements Signal {}
    }

    /// How long a dead service of our own can go unnoticed.
    private static final long LOOK_AFTER_MILLIS = 1_000;

    /// A process closes its connections before it ends.
    private static final Duration DEATH_PATIENCE = Duration.ofSeconds(2);

    private final Api api;
    private final Pacing pacing;
    private final Display display;
    private final ServiceAccess service;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

    Watch(Api api, Pacing pacing, Display display, ServiceAccess service) {
        this.api = api;
        this.pacing = pacing;
        this.display = display;
        this.service = service;
    }

    /// @return how the jobs came out, in the order given
    /// @throws CommandException where a job cannot be followed to its end
    List<JobResult> untilAllAreOver(List<FollowedJob> jobs) throws InterruptedException {
        var ends = new ArrayList<@Nullable JsonNode>(
                jobs.stream().map(_ -> (JsonNode) null).toList());
        ExecutorService followers = Executors.newVirtualThreadPerTaskExecutor();
        try {
            jobs.forEach(job -> followers.execute(() -> follow(job)));
            while (ends.contains(null)) {
                var signal = signals.poll(LOOK_AFTER_MILLIS, TimeUnit.MILLISECONDS);
                if (signal == null) {
                    service.requireAlive(Duration.ZERO);
                } else {
                    handle(signal, jobs, ends);
                }
            }
        } finally {
            followers.shutdownNow();
            display.close();
        }
        var results = new ArrayList<JobResult>();
        for (int i = 0; i < jobs.size(); i++) {
            results.add(result(api, jobs.get(i).name(), ends.get(i)));
        }
        return results;
    }

    /// Joins a job with its run, where one was stored.
    static JobResult result(Api api, String name, JsonNode job) throws InterruptedException {
        String runId = job.path("runId").stringValue("");
        var run = runId.isEmpty() ? MissingNode.getInstance() : api.get("/api/v1/runs/" + Api.segment(runId));
        return new JobResult(name, job, run);
    }

    private void handle(Signal signal, List<FollowedJob> jobs, List<@Nullable JsonNode> ends)
            throws InterruptedException {
        switch (signal) {
            case Signal.Happened(var job, var event) -> {
                job.take(event);
                display.happened(job, event, jobs);
            }
            case Signal.Ended(var job, var tree) -> {
                job.end(tree);
                ends.set(jobs.indexOf(job), tree);
                display.ended(job, jobs);
            }
            case Signal.Stopped(var reason) -> {
                // A service of our own that died says more than the connection that it broke.
                if (reason instanceof LostServiceException) {
                    service.requireAlive(DEATH_PATIENCE);
                }
                throw reason;
            }
        }
    }

    private void follow(FollowedJob job) {
        try {
            var follower = new Follower(api, job.id(), pacing, event -> signals.add(new Signal.Happened(job, event)));
            signals.add(new Signal.Ended(job, follower.follow()));
        } catch (InterruptedException _) {
            // Only the watch itself interrupts followers, once nobody listens to them.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            signals.add(new Signal.Stopped(e));
        }
    }
}
