package dyno.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Thrown where an uploaded file breaks its format: says in which file and where in it.
///
/// ```java
/// throw new InvalidDatasetException("a.jsonl", "The line is no JSON object").atLine(7).atByte(4_096);
/// ```
public final class InvalidDatasetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, Object> place = new LinkedHashMap<>();

    /// @param file    name of the file
    /// @param message what was expected and what was found; the place need not be repeated
    public InvalidDatasetException(String file, String message) {
        super(message);
        place.put("file", file);
    }

    public InvalidDatasetException(String file, String message, Throwable cause) {
        super(message, cause);
        place.put("file", file);
    }

    /// Offset from the start of the file as it was sent.
    public InvalidDatasetException atByte(long offset) {
        place.put("byte", offset);
        return this;
    }

    /// @param line from 1
    public InvalidDatasetException atLine(long line) {
        place.put("line", line);
        return this;
    }

    /// @param row from 0
    public InvalidDatasetException atRow(long row) {
        place.put("row", row);
        return this;
    }

    public InvalidDatasetException atColumn(String column) {
        place.put("column", column);
        return this;
    }

    /// `file` and, as far as it is known, `byte`, `line`, `row`, `column`.
    public Map<String, Object> place() {
        return Collections.unmodifiableMap(place);
    }
}
