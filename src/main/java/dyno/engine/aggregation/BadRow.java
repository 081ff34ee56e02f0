package dyno.engine.aggregation;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;

/// Failures that name file and row.
final class BadRow {

    private BadRow() {}

    /// @param row 0-based in the file; the message counts from 1
    static EngineException of(String file, long row, String reason) {
        return new EngineException(FailureCode.INVALID_INPUT, "%s, row %d: %s".formatted(file, row + 1, reason));
    }
}
