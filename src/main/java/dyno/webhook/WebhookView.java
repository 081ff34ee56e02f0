package dyno.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A webhook as the API shows it.
///
/// @param lastSuccessAt       when a delivery last arrived, of those that are still listed
/// @param consecutiveFailures deliveries that did not arrive since then, at their last try
/// @param secret              there only where it has just been made
record WebhookView(
        String name,
        URI url,
        List<EventType> events,
        Map<String, String> labels,
        boolean enabled,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastSuccessAt,
        long consecutiveFailures,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

    WebhookView with(Secret made) {
        return new WebhookView(
                name,
                url,
                events,
                labels,
                enabled,
                createdAt,
                updatedAt,
                lastSuccessAt,
                consecutiveFailures,
                made.reveal());
    }
}
