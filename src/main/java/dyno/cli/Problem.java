package dyno.cli;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// A problem (RFC 9457) as the service words it. Texts that it left out are empty.
///
/// @param violations everything that is wrong with the request
record Problem(int status, String title, String detail, String code, String requestId, List<Violation> violations) {

    /// @param pointer JSON Pointer into the body, or `?name` for a query parameter; `(body)` for the body itself
    record Violation(String pointer, String message) {}

    /// @param status of the answer, which counts where the body says another
    static Problem of(int status, JsonNode body) {
        return new Problem(
                status,
                body.path("title").stringValue("The service answered " + status),
                body.path("detail").stringValue(""),
                body.path("code").stringValue(""),
                body.path("requestId").stringValue(""),
                body.path("errors").values().stream().map(Problem::violation).toList());
    }

    private static Violation violation(JsonNode error) {
        String pointer = error.path("pointer").stringValue("");
        return new Violation(
                pointer.isEmpty() ? "(body)" : pointer, error.path("message").stringValue("is not valid"));
    }
}
