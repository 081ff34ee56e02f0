package dyno.web;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/// Where a page of a list that is ordered by time and id ended; stable under inserts.
///
/// @param instant the last item's
/// @param id      the last item's, for items of one instant
public record Cursor(Instant instant, UUID id) {

    /// What clients hand back: base64url without padding, opaque to them.
    public String encode() {
        var text = instant + "/" + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// @throws ProblemException `invalid-request` for anything that [#encode] did not make
    public static Cursor decode(String encoded) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.US_ASCII);
            int slash = text.indexOf('/');
            var cursor = new Cursor(
                    Instant.parse(text.substring(0, Math.max(0, slash))), UUID.fromString(text.substring(slash + 1)));
            // Both parsers are lenient, and PostgreSQL knows fewer years than Java.
            if (cursor.encode().equals(encoded) && Rfc3339.isInRange(cursor.instant)) {
                return cursor;
            }
            throw invalid(encoded);
        } catch (IllegalArgumentException | DateTimeException e) {
            var problem = invalid(encoded);
            problem.initCause(e);
            throw problem;
        }
    }

    private static ProblemException invalid(String encoded) {
        var violation =
                new Violation("?cursor", "cursor %s is none that this service gave".formatted(Shown.value(encoded)));
        return new ProblemException(ProblemCode.INVALID_REQUEST, violation.message(), List.of(violation));
    }
}
