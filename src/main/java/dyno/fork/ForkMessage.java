package dyno.fork;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dyno.engine.FailureCode;
import dyno.measurement.MeasuredFork;
import dyno.measurement.Stage;
import java.util.Map;

/// One line that a fork writes: any number of [Progress], then one [Result] or [Failure].
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ForkMessage.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = ForkMessage.Result.class, name = "result"),
    @JsonSubTypes.Type(value = ForkMessage.Failure.class, name = "failure")
})
sealed interface ForkMessage {

    /// As [dyno.measurement.TrialListener] heard it.
    record Progress(Stage stage, int iteration, int iterations) implements ForkMessage {}

    record Result(MeasuredFork fork) implements ForkMessage {}

    record Failure(FailureCode code, String message, Map<String, Object> details) implements ForkMessage {}
}
