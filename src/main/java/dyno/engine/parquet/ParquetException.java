package dyno.engine.parquet;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Thrown where a file is not Parquet, is damaged, or holds what is asked for in a form that is not read here.
public final class ParquetException extends EngineException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final @Nullable String column;
    private final @Nullable Long offset;

    private ParquetException(String file, @Nullable String column, @Nullable Long offset, String message) {
        super(FailureCode.INVALID_INPUT, message, details(file, column, offset));
        this.file = file;
        this.column = column;
        this.offset = offset;
    }

    private static Map<String, Object> details(String file, @Nullable String column, @Nullable Long offset) {
        var details = new LinkedHashMap<String, Object>();
        details.put("file", file);
        if (column != null) {
            details.put("column", column);
        }
        if (offset != null) {
            details.put("byte", offset);
        }
        return details;
    }

    /// Bytes that break the format.
    ///
    /// @param offset from the file's start to the first byte of what is wrong
    static ParquetException damaged(String file, long offset, String reason) {
        return new ParquetException(file, null, offset, "%s: %s (at byte %d)".formatted(file, reason, offset));
    }

    /// Bytes of a column that break the format.
    static ParquetException damaged(String file, String column, long offset, String reason) {
        return new ParquetException(
                file, column, offset, "%s, column %s: %s (at byte %d)".formatted(file, column, reason, offset));
    }

    /// A column that is missing or of another kind.
    static ParquetException column(String file, String column, String reason) {
        return new ParquetException(file, column, null, "%s, column %s: %s".formatted(file, column, reason));
    }

    public String file() {
        return file;
    }

    /// The column; null where it is not about one.
    public @Nullable String column() {
        return column;
    }

    /// Bytes from the file's start; null where it is not about a place.
    public @Nullable Long offset() {
        return offset;
    }
}
