package dyno.engine;

/// Thrown by engines where the work cannot be done for a reason that they can name.
public class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final FailureCode code;

    /// @param code    how the job's failure is classed
    /// @param message what happened, with value, bound and place
    public EngineException(FailureCode code, String message) {
        super(message);
        this.code = code;
    }

    public EngineException(FailureCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public FailureCode code() {
        return code;
    }
}
