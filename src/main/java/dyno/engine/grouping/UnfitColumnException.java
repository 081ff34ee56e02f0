package dyno.engine.grouping;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;

/// Thrown where a file lacks a column that is needed, or has it in a type that is not accepted.
final class UnfitColumnException extends EngineException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final String column;

    UnfitColumnException(String file, String column, String message) {
        super(FailureCode.INVALID_INPUT, message);
        this.file = file;
        this.column = column;
    }

    String file() {
        return file;
    }

    String column() {
        return column;
    }
}
