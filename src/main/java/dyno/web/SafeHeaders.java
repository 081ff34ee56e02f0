package dyno.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/// Headers that keep browsers from taking an answer for more than it is: JSON for a page, a page for a frame.
///
/// @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy Level 3</a>
final class SafeHeaders {

    static final String POLICY = "Content-Security-Policy";

    /// An answer is data: nothing in it is fetched, run or framed.
    static final String DATA = "default-src 'none'; frame-ancestors 'none'";

    /// The pages of the API's documentation load their own scripts and draw their own icons.
    static final String PAGES =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    private static final String PAGES_PATH = "/swagger-ui";

    private SafeHeaders() {}

    /// For any answer.
    static void set(HttpServletRequest request, HttpServletResponse response) {
        set(response);
        if (request.getRequestURI().startsWith(PAGES_PATH)) {
            response.setHeader(POLICY, PAGES);
        }
    }

    /// For an answer that is data.
    static void set(HttpServletResponse response) {
        response.setHeader(POLICY, DATA);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    }
}
