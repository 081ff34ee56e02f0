package dyno.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// An answer that says no, in the form of RFC 9457.
///
/// @param detail     what was wrong with this request; no class names
/// @param violations may be empty
/// @param retryAfter sent as `Retry-After`, in whole seconds, rounded up
/// @param members    of its own, beside those that all problems have; may be empty
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
record Problem(
        ProblemCode code,
        String detail,
        List<Violation> violations,
        @Nullable Duration retryAfter,
        Map<String, Object> members) {

    Problem(ProblemCode code, String detail, List<Violation> violations, @Nullable Duration retryAfter) {
        this(code, detail, violations, retryAfter, Map.of());
    }

    static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, List.of(), null);
    }

    static Problem of(ProblemException e) {
        return new Problem(e.code(), String.valueOf(e.getMessage()), e.violations(), e.retryAfter(), e.members());
    }

    /// As an answer of a controller, whatever the client accepts.
    ///
    /// @param headers that the answer carries besides
    ResponseEntity<Object> answer(String requestId, HttpHeaders headers) {
        var answer = ResponseEntity.status(code.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(RequestId.HEADER, requestId);
        if (retryAfter != null) {
            answer.header(HttpHeaders.RETRY_AFTER, seconds(retryAfter));
        }
        return answer.body(json(requestId));
    }

    /// As an answer of a filter or valve; the response is not committed yet.
    void write(HttpServletResponse response, String requestId) throws IOException {
        var body = json(requestId);
        response.setStatus(code.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.setHeader(RequestId.HEADER, requestId);
        SafeHeaders.set(response);
        if (code == ProblemCode.UNAUTHENTICATED) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (retryAfter != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, seconds(retryAfter));
        }
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    private byte[] json(String requestId) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "/problems/" + code.code());
        body.put("title", code.title());
        body.put("status", code.status());
        body.put("detail", detail);
        body.put("code", code.code());
        body.put("requestId", requestId);
        members.forEach(body::putIfAbsent);
        if (!violations.isEmpty()) {
            body.put("errors", violations.stream().map(Problem::error).toList());
        }
        return JsonText.of(body).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> error(Violation violation) {
        var error = new LinkedHashMap<String, Object>();
        error.put("pointer", violation.pointer());
        error.put("message", violation.message());
        return error;
    }

    private static String seconds(Duration retryAfter) {
        return Long.toString(retryAfter.plusNanos(999_999_999).toSeconds());
    }
}
