package dyno.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dyno.engine.Verification;
import dyno.engine.Warning;
import dyno.measurement.Score;
import dyno.measurement.Speedup;
import dyno.result.Failure;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What events carry.
final class Payload {

    private Payload() {}

    /// An event that is not stored yet.
    record Draft(EventType type, Object payload) {

        static Draft state(State state) {
            return new Draft(EventType.STATE, state);
        }

        static Draft end(End end) {
            return new Draft(EventType.END, end);
        }

        static Draft warning(Warning warning) {
            return new Draft(EventType.WARNING, warning);
        }

        static Draft progress(Progress progress) {
            return new Draft(EventType.PROGRESS, progress);
        }

        static Draft finishedCase(Case finished) {
            return new Draft(EventType.CASE, finished);
        }
    }

    /// @param reason why a job is queued again; absent otherwise
    record State(
            JobState state,
            int attempt,
            @Nullable String worker,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String reason) {}

    /// @param speedup null where there is none, or where the baseline's case is not finished yet
    record Case(
            String name,
            @Nullable Score score,
            @Nullable Speedup speedup,
            @Nullable Verification verification,
            @Nullable Failure failure) {}

    record End(
            JobState state, @Nullable UUID runId, @Nullable Failure failure) {}
}
