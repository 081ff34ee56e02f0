package dyno.engine.arrayrecord;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;

/// Thrown where a file is not what the format says, or says what this package does not read.
public class InvalidArrayRecordException extends EngineException {

    private static final long serialVersionUID = 1L;

    private final long offset;

    /// @param offset bytes from the start of the file to the block or chunk that is wrong
    /// @param reason what was expected and what was found there
    InvalidArrayRecordException(long offset, String reason) {
        super(FailureCode.INVALID_INPUT, "%s (at byte %d)".formatted(reason, offset));
        this.offset = offset;
    }

    /// Bytes from the start of the file to the block or chunk that is wrong.
    public final long offset() {
        return offset;
    }
}
