package dyno.engine.aggregation;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Records of CSV text. An empty field without quotes is null, `""` the empty string. Used by one thread at a time.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
final class CsvReader {

    /// A field that would be longer is a missing quote.
    private static final int MAX_FIELD = 16 << 20;

    private static final int END = -1;

    private final Reader in;
    private long line = 1;
    private long recordLine;
    private int pushedBack = -2;

    CsvReader(Reader in) {
        this.in = in;
    }

    /// Thrown where the text is no CSV.
    static final class CsvException extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final long line;

        CsvException(long line, String message) {
            super(message);
            this.line = line;
        }

        /// From 1.
        long line() {
            return line;
        }
    }

    /// The line on which the last record began, from 1.
    long line() {
        return recordLine;
    }

    /// The next record; null at the end.
    ///
    /// @throws CsvException for a quote that is not closed, or text after one that is
    @Nullable
    List<@Nullable String> next() throws IOException {
        recordLine = line;
        int c = read();
        if (c == END) {
            return null;
        }
        var fields = new ArrayList<@Nullable String>();
        while (true) {
            var field = new StringBuilder();
            boolean isQuoted = c == '"';
            c = isQuoted ? quoted(field) : plain(c, field);
            fields.add(field.isEmpty() && !isQuoted ? null : field.toString());
            if (c != ',') {
                endLine(c);
                return fields;
            }
            c = read();
        }
    }

    private void endLine(int c) throws IOException {
        if (c == '\r') {
            int next = read();
            if (next != '\n') {
                pushedBack = next;
            }
        } else if (c != '\n' && c != END) {
            throw new CsvException(line, "a quoted field goes on after its quote");
        }
        line++;
    }

    private int plain(int first, StringBuilder field) throws IOException {
        int c = first;
        while (c != ',' && c != '\n' && c != '\r' && c != END) {
            append(c, field);
            c = read();
        }
        return c;
    }

    private int quoted(StringBuilder field) throws IOException {
        while (true) {
            int c = read();
            if (c == END) {
                throw new CsvException(recordLine, "a quoted field is not closed");
            }
            if (c == '"') {
                int next = read();
                if (next != '"') {
                    return next;
                }
            } else if (c == '\n') {
                line++;
            }
            append(c, field);
        }
    }

    private void append(int c, StringBuilder field) {
        if (field.length() == MAX_FIELD) {
            throw new CsvException(recordLine, "a field has more than %d characters".formatted(MAX_FIELD));
        }
        field.append((char) c);
    }

    private int read() throws IOException {
        if (pushedBack != -2) {
            int c = pushedBack;
            pushedBack = -2;
            return c;
        }
        return in.read();
    }
}
