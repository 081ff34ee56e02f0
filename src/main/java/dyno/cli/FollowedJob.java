package dyno.cli;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// A job on its way, as its events tell. Used by one thread.
final class FollowedJob {

    private final String id;
    private final String name;
    private String state;
    private JsonNode progress = MissingNode.getInstance();
    private boolean isOver;

    private FollowedJob(String id, String name, String state) {
        this.id = id;
        this.name = name;
        this.state = state;
    }

    /// @param job as a submission's answer or a GET gives it
    /// @throws StrangeAnswerException where it has no id
    static FollowedJob of(JsonNode job) {
        String id = job.path("id").stringValue("");
        if (id.isEmpty()) {
            throw new StrangeAnswerException("The service answered with a job without an id: " + job);
        }
        return new FollowedJob(id, nameOf(job), job.path("state").stringValue("QUEUED"));
    }

    /// The name it has in its suite, or its engine.
    static String nameOf(JsonNode job) {
        String engine = job.path("engine").stringValue("job");
        return job.path("spec").path("labels").path("job").stringValue(engine);
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    String state() {
        return state;
    }

    /// As the service tells it; a missing node before the first.
    JsonNode progress() {
        return progress;
    }

    boolean isRunning() {
        return !isOver && state.equals("RUNNING");
    }

    /// Whether its end is known.
    boolean isOver() {
        return isOver;
    }

    /// Takes over what an event of type `state` or `progress` says.
    ///
    /// @throws StrangeAnswerException where the event's data are not JSON
    void take(JobEvent event) {
        switch (event.type()) {
            case "state" -> {
                state = data(event).path("state").stringValue(state);
                progress = MissingNode.getInstance();
            }
            case "progress" -> progress = data(event);
            default -> {
                // The others do not change where the job is.
            }
        }
    }

    void end(JsonNode job) {
        state = job.path("state").stringValue(state);
        isOver = true;
    }

    static JsonNode data(JobEvent event) {
        try {
            return Json.parse(event.data());
        } catch (JacksonException _) {
            throw new StrangeAnswerException(
                    "Event %s of type %s is not JSON: %s".formatted(event.id(), event.type(), event.data()));
        }
    }
}
