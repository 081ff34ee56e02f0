package dyno.engine.grouping;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;

/// Thrown where a record is not an Arrow IPC stream of the schema that probe records have.
public final class InvalidRecordException extends EngineException {

    private static final long serialVersionUID = 1L;

    private final int position;

    /// @param position bytes from the record's begin
    /// @param reason   what was expected and what was found there
    InvalidRecordException(int position, String reason) {
        super(FailureCode.INVALID_INPUT, "%s (at byte %d of the record)".formatted(reason, position));
        this.position = position;
    }

    /// Bytes from the record's begin.
    public int position() {
        return position;
    }
}
