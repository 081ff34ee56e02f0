package dyno.result;

import dyno.result.Alert.Kind;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An alert that is to be raised, see [Alert].
///
/// @param subject what it is about, the moment included: `MISSING_NIGHTLY nightly
///                2026-01-02T02:00:00Z`. Of one subject there is never a second alert, dismissed ones
///                counted.
public record NewAlert(
        Kind kind,
        String subject,
        @Nullable String engine,
        @Nullable String caseName,
        @Nullable String fingerprint,
        @Nullable UUID runId,
        @Nullable String schedule,
        String message,
        Map<String, Object> details) {

    /// A schedule whose result did not come.
    ///
    /// @param subject names the schedule and the fire that it is about
    public static NewAlert missingNightly(
            String schedule, String subject, String message, Map<String, Object> details) {
        return new NewAlert(Kind.MISSING_NIGHTLY, subject, null, null, null, null, schedule, message, details);
    }
}
