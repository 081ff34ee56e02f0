package dyno.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Thrown by engines where the work cannot be done for a reason that they can name.
public class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final FailureCode code;
    private final transient Map<String, Object> details;

    /// @param code    how the job's failure is classed
    /// @param message what happened, with value, bound and place
    public EngineException(FailureCode code, String message) {
        this(code, message, Map.of());
    }

    /// @param details what a program would read out of the message: strings, numbers, lists and maps of them; shown as
    ///                the failure's `details`
    public EngineException(FailureCode code, String message, Map<String, Object> details) {
        super(message);
        this.code = code;
        this.details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    public EngineException(FailureCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.details = Map.of();
    }

    public FailureCode code() {
        return code;
    }

    public Map<String, Object> details() {
        return details;
    }
}
