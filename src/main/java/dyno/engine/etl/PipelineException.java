package dyno.engine.etl;

import dyno.engine.FailureCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why a pipeline ended: which batch, which records, which attempt, and the cause.
final class PipelineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final FailureCode code;
    private final transient Map<String, Object> details;

    PipelineException(FailureCode code, String message, Map<String, Object> details, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.details = new LinkedHashMap<>(details);
    }

    FailureCode code() {
        return code;
    }

    /// Values that clients see beside the message: batch, firstId, lastId, attempt, cause.
    Map<String, Object> details() {
        return details;
    }
}
