package dyno.cli;

import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Follows one job to its end, over as many connections as that takes. Used by one thread.
final class Follower {

    private static final Set<String> FINAL_STATES = Set.of("SUCCEEDED", "FAILED", "CANCELLED", "TIMED_OUT");

    private final Api api;
    private final String jobId;
    private final Pacing pacing;
    private final Consumer<JobEvent> listener;

    private String lastEventId = "";
    private int failuresInARow;

    /// @param listener hears every event once, in order
    Follower(Api api, String jobId, Pacing pacing, Consumer<JobEvent> listener) {
        this.api = api;
        this.jobId = jobId;
        this.pacing = pacing;
        this.listener = listener;
    }

    /// @return the finished job
    /// @throws LostServiceException where every attempt to connect again failed
    /// @throws RefusedException     where the service knows no such job
    JsonNode follow() throws InterruptedException {
        while (true) {
            try {
                listen();
                // The stream ends with the job. It also ends when the service stops or a proxy loses patience, and
                // then the job tells; whoever answers that is not lost.
                var job = api.get("/api/v1/jobs/" + Api.segment(jobId));
                if (isFinal(job)) {
                    return job;
                }
                failuresInARow = 0;
                pause("The events of job " + jobId + " end before the job does");
            } catch (UnreachableException e) {
                pause(e.getMessage());
            } catch (RefusedException e) {
                if (e.exitCode() == ExitCode.USAGE) {
                    throw e;
                }
                pause(e.getMessage());
            }
        }
    }

    static boolean isFinal(JsonNode job) {
        return FINAL_STATES.contains(job.path("state").stringValue(""));
    }

    private void listen() throws InterruptedException {
        try (var events = api.events(jobId, lastEventId)) {
            var next = events.next(pacing.silence());
            while (next.isPresent()) {
                var event = next.get();
                failuresInARow = 0;
                if (!event.id().isEmpty()) {
                    lastEventId = event.id();
                }
                listener.accept(event);
                if (event.type().equals("end")) {
                    return;
                }
                next = events.next(pacing.silence());
            }
        }
    }

    private void pause(String reason) throws InterruptedException {
        if (failuresInARow == pacing.pauses().size()) {
            throw new LostServiceException("%s. Gave up on job %s after %d attempts; it may still be running."
                    .formatted(reason, jobId, failuresInARow));
        }
        pacing.clock().pause(pacing.pauses().get(failuresInARow));
        failuresInARow++;
    }
}
