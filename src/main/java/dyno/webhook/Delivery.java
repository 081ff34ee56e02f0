package dyno.webhook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is to be sent to a webhook, or was; without its body.
///
/// @param id            as in the header `webhook-id`
/// @param subject       the job or the alert; of a ping its own id
/// @param attempts      tries so far, one under way included
/// @param dueAt         when it is tried next; null unless `PENDING`
/// @param lastAttemptAt when a try last ended; null before
/// @param status        of the last answer; null where there was none
/// @param detail        its first line, or why there was none; null before the first try
/// @param finishedAt    null while it is `PENDING`
record Delivery(
        UUID id,
        String webhook,
        EventType event,
        UUID subject,
        State state,
        int attempts,
        Instant createdAt,
        @Nullable Instant dueAt,
        @Nullable Instant lastAttemptAt,
        @Nullable Integer status,
        @Nullable String detail,
        @Nullable Instant finishedAt) {

    enum State {
        /// It waits for a try, or for the answer to one.
        PENDING,
        DELIVERED,
        /// It did not arrive, and is tried no more.
        FAILED
    }
}
