package dyno.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that people have to look at.
///
/// @param engine      null where it is about no engine
/// @param caseName    the case that became slower; null for other kinds
/// @param fingerprint of the environment that it became slower on
/// @param runId       the run that showed it
/// @param schedule    the schedule that did not deliver; null for other kinds
/// @param message     one sentence
/// @param details     figures behind the sentence
/// @param reason      why it was dismissed, or what was said when it was confirmed; null while it is open
/// @param changedAt   when it was confirmed or dismissed; null while it is open
public record Alert(
        UUID id,
        Kind kind,
        State state,
        @Nullable String engine,
        @JsonProperty("case") @Nullable String caseName,
        @Nullable String fingerprint,
        @Nullable UUID runId,
        @Nullable String schedule,
        String message,
        Map<String, Object> details,
        @Nullable String reason,
        Instant createdAt,
        @Nullable Instant changedAt) {

    public enum Kind {
        /// A case is beyond a threshold of its history, and was again when it was measured once more.
        REGRESSION,
        /// A schedule should have delivered a result and did not.
        MISSING_NIGHTLY
    }

    public enum State {
        OPEN,
        /// Somebody looked, and it is so.
        CONFIRMED,
        /// Somebody looked, and it is nothing; has a reason.
        DISMISSED
    }
}
