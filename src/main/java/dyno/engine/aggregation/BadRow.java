package dyno.engine.aggregation;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.util.Map;

/// Failures that name file and row.
final class BadRow {

    /// The detail that holds the row, 0-based in the file.
    static final String ROW = "row";

    private BadRow() {}

    /// @param row 0-based in the file; the message counts from 1
    static EngineException of(String file, long row, String reason) {
        return new EngineException(
                FailureCode.INVALID_INPUT,
                "%s, row %d: %s".formatted(file, row + 1, reason),
                Map.of("file", file, ROW, row));
    }
}
