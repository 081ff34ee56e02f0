package dyno.web;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Thrown wherever a request has to be answered with a problem; the advice turns it into
/// `application/problem+json` (RFC 9457).
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final transient List<Violation> violations;
    private final @Nullable Duration retryAfter;

    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, List.of(), null);
    }

    /// @param violations everything that is wrong, in the order of the body
    public ProblemException(ProblemCode code, String detail, List<Violation> violations) {
        this(code, detail, violations, null);
    }

    /// @param retryAfter sent as `Retry-After`, in whole seconds
    public ProblemException(
            ProblemCode code, String detail, List<Violation> violations, @Nullable Duration retryAfter) {
        super(detail);
        this.code = code;
        this.violations = List.copyOf(violations);
        this.retryAfter = retryAfter;
    }

    public ProblemCode code() {
        return code;
    }

    public List<Violation> violations() {
        return violations;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
