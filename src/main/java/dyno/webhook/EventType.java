package dyno.webhook;

import dyno.job.JobState;
import dyno.result.Alert;
import java.util.Arrays;
import java.util.List;

/// What a delivery tells.
enum EventType {
    JOB_SUCCEEDED,
    JOB_FAILED,
    JOB_CANCELLED,
    JOB_TIMED_OUT,
    /// An alert of this kind was raised.
    REGRESSION,
    /// An alert of this kind was raised.
    MISSING_NIGHTLY,
    /// Somebody wants to see whether a delivery arrives.
    PING;

    /// What a webhook can be for.
    static final List<EventType> CHOICES =
            Arrays.stream(values()).filter(type -> type != PING).toList();

    /// @throws IllegalArgumentException for a state that is not final
    static EventType of(JobState end) {
        return switch (end) {
            case SUCCEEDED -> JOB_SUCCEEDED;
            case FAILED -> JOB_FAILED;
            case CANCELLED -> JOB_CANCELLED;
            case TIMED_OUT -> JOB_TIMED_OUT;
            case QUEUED, RUNNING -> throw new IllegalArgumentException("A job that is %s has not ended".formatted(end));
        };
    }

    static EventType of(Alert.Kind kind) {
        return switch (kind) {
            case REGRESSION -> REGRESSION;
            case MISSING_NIGHTLY -> MISSING_NIGHTLY;
        };
    }
}
