package dyno.engine.grouping;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.util.Map;

/// Failures of input that was found wrong only while it was read. Stateless.
final class InvalidInput {

    private InvalidInput() {}

    /// A value that is not what its column may hold.
    ///
    /// @param row 0-based in its file
    static EngineException value(String file, long row, String column, Object value, String reason) {
        return new EngineException(
                FailureCode.INVALID_INPUT,
                "%s, row %d, column %s: %s %s".formatted(file, row, column, value, reason),
                Map.of("file", file, "row", row, "column", column, "value", value));
    }
}
