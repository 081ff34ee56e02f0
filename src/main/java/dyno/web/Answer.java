package dyno.web;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// An answer as it is kept for an Idempotency-Key.
///
/// @param status   2xx; whoever has to refuse throws a [ProblemException]
/// @param location header `Location`; null for none
/// @param jsonBody the body, written
public record Answer(int status, @Nullable String location, String jsonBody) {

    /// @throws IllegalArgumentException for a status that is not 2xx
    public Answer {
        if (status < 200 || status > 299) {
            throw new IllegalArgumentException("Status %d is no success; throw a ProblemException".formatted(status));
        }
    }

    /// An answer and whether it was given before.
    public record Outcome(Answer answer, boolean isReplayed) {

        /// The answer as a controller gives it, with `Idempotency-Replayed: true` where it is not the first time.
        public ResponseEntity<byte[]> response() {
            var response = ResponseEntity.status(answer.status()).contentType(MediaType.APPLICATION_JSON);
            if (answer.location() != null) {
                response.header(HttpHeaders.LOCATION, answer.location());
            }
            if (isReplayed) {
                response.header(IdempotencyKeys.REPLAYED_HEADER, "true");
            }
            return response.body(answer.jsonBody().getBytes(StandardCharsets.UTF_8));
        }
    }
}
