package dyno.engine.etl;

import dyno.engine.FailureCode;
import org.jspecify.annotations.Nullable;

/// A load that failed, and what that means for the next attempt.
final class LoadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    enum Kind {
        /// Nothing was loaded; the same load may succeed later.
        TRANSIENT,
        /// Nothing was loaded, and never will be as it is: some record is bad.
        PERMANENT,
        /// The connection was lost while the load was made durable: it may be loaded or not.
        UNKNOWN_OUTCOME,
        /// No load will succeed any more: the run ends, whatever is done with bad records.
        FATAL
    }

    private final Kind kind;
    private final FailureCode code;

    /// @param code how the run's failure is classed if this ends it
    LoadException(Kind kind, FailureCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
    }

    LoadException(Kind kind, String message) {
        this(kind, FailureCode.ENGINE_ERROR, message, null);
    }

    Kind kind() {
        return kind;
    }

    FailureCode code() {
        return code;
    }
}
