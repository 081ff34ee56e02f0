package dyno.engine.aggregation;

import dyno.engine.Cancellation;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// One COPY in text format.
final class TextCopy implements Loading {

    private static final int FLUSH_BYTES = 64 * 1024;

    private final Identity identity;
    private final Cancellation cancellation;

    TextCopy(Identity identity, Cancellation cancellation) {
        this.identity = identity;
        this.cancellation = cancellation;
    }

    @Override
    public void write(Connection connection, Result result) throws SQLException {
        var values = new RowTexts(identity, CanonicalLines.Texts.of(result.shared()));
        var copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY %s (%s) FROM STDIN".formatted(TableSchema.TABLE, TableSchema.COLUMN_NAMES));
        var out = new ByteBuilder(FLUSH_BYTES + 16 * 1024);
        try {
            for (var part : result.parts()) {
                for (int row = 0; row < part.size(); row++) {
                    int start = out.length();
                    for (var column : TableSchema.COLUMNS) {
                        var value = values.value(column, part, row);
                        CanonicalLines.text(value == null ? null : value.getBytes(StandardCharsets.UTF_8), out);
                    }
                    // Each value came with a TAB before it; a line ends instead of beginning with one.
                    out.array()[start] = start == 0 ? (byte) ' ' : (byte) '\n';
                    if (out.length() >= FLUSH_BYTES) {
                        send(copy, out);
                    }
                }
            }
            send(copy, out);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /// Sends the lines: without the first byte, with a last LF.
    private void send(CopyIn copy, ByteBuilder out) throws SQLException {
        cancellation.check();
        if (out.length() > 0) {
            out.add('\n');
            copy.writeToCopy(out.array(), 1, out.length() - 1);
            out.truncate(0);
        }
    }
}
