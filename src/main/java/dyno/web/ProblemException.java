package dyno.web;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Thrown wherever a request has to be answered with a problem; the advice turns it into
/// `application/problem+json` (RFC 9457).
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final transient List<Violation> violations;
    private final @Nullable Duration retryAfter;
    private final transient Map<String, Object> members;
    private boolean isOfThisNode;

    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, List.of(), null);
    }

    /// @param violations everything that is wrong, in the order of the body
    public ProblemException(ProblemCode code, String detail, List<Violation> violations) {
        this(code, detail, violations, null);
    }

    /// @param members what the problem says besides, strings and integers: `file`, `line`
    public ProblemException(ProblemCode code, String detail, Map<String, Object> members) {
        this(code, detail, List.of(), null, members);
    }

    /// @param retryAfter sent as `Retry-After`, in whole seconds
    public ProblemException(
            ProblemCode code, String detail, List<Violation> violations, @Nullable Duration retryAfter) {
        this(code, detail, violations, retryAfter, Map.of());
    }

    private ProblemException(
            ProblemCode code,
            String detail,
            List<Violation> violations,
            @Nullable Duration retryAfter,
            Map<String, Object> members) {
        super(detail);
        this.code = code;
        this.violations = List.copyOf(violations);
        this.retryAfter = retryAfter;
        this.members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public ProblemCode code() {
        return code;
    }

    /// Says that another node, configured otherwise, might not refuse this.
    public ProblemException ofThisNode() {
        isOfThisNode = true;
        return this;
    }

    public boolean isOfThisNode() {
        return isOfThisNode;
    }

    public List<Violation> violations() {
        return violations;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /// Members of its own that the problem has beside those that all have; may be empty.
    public Map<String, Object> members() {
        return members;
    }
}
