package dyno.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.apache.coyote.BadRequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Says which problem an exception is. Stateless.
@Component
final class ProblemTranslator {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemTranslator.class);

    /// How long a database is usually away when it comes back at all: a restart.
    private static final Duration DATABASE_RETRY = Duration.ofSeconds(5);

    /// What nobody expected is logged here, once, with all that the client is not told.
    Problem translate(Throwable thrown, HttpServletRequest request) {
        if (thrown instanceof ProblemException problem) {
            return Problem.of(problem);
        }
        if (thrown instanceof BadRequestException) {
            return Problem.of(ProblemCode.INVALID_REQUEST, "The body breaks HTTP/1.1");
        }
        var at = address(request);
        if (LostDatabase.isCauseOf(thrown)) {
            // What Spring says of it names no reason; the pool's own words are how many connections were in use.
            LOG.warn(
                    "request {} found no database: {}: {}; {}",
                    RequestId.of(request),
                    at,
                    thrown.toString(),
                    LostDatabase.firstCause(thrown));
            return new Problem(
                    ProblemCode.DATABASE_UNAVAILABLE,
                    "The database cannot be reached at the moment",
                    List.of(),
                    DATABASE_RETRY);
        }
        LOG.error("request {} failed: {}", RequestId.of(request), at, thrown);
        return Problem.of(ProblemCode.INTERNAL, "The service's log has the cause under this requestId");
    }

    /// What the client asked for, also while the container asks for the error page.
    private static String address(HttpServletRequest request) {
        return "%s %s"
                .formatted(
                        request.getAttribute(RequestDispatcher.ERROR_METHOD) instanceof String method
                                ? method
                                : request.getMethod(),
                        request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri
                                ? uri
                                : request.getRequestURI());
    }
}
