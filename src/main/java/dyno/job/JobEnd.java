package dyno.job;

import dyno.result.Failure;
import dyno.result.Run;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a job ends.
///
/// @param state   final
/// @param failure null where it succeeded
/// @param run     what is stored with it; null where there is nothing
record JobEnd(
        JobState state, @Nullable Failure failure, @Nullable Run run) {

    @Nullable
    UUID runId() {
        return run == null ? null : run.id();
    }
}
