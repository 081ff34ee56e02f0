package dyno.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What came of trying a delivery.
///
/// @param status     of the answer; null where there was none
/// @param detail     the answer's first line, or why there was none
/// @param retryAfter what the receiver asks for; null where it does not
record Attempt(
        @Nullable Integer status, String detail, @Nullable Duration retryAfter) {

    static Attempt unanswered(String reason) {
        return new Attempt(null, reason, null);
    }

    boolean hasArrived() {
        return status != null && status >= 200 && status <= 299;
    }
}
