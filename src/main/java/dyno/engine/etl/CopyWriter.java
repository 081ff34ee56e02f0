package dyno.engine.etl;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// COPY_BINARY: one COPY a table.
final class CopyWriter extends RowWriter {

    /// What is sent at a time. The server takes it in pieces of 64 KiB anyway; a batch of original users would be
    /// 70 MB.
    private static final int FLUSH_BYTES = 256 * 1024;

    private static final int CAPACITY = FLUSH_BYTES + 64 * 1024;

    private final Connection connection;
    private final CopyEncoder encoder;
    private @Nullable CopyIn copy;
    private int fields;

    CopyWriter(Connection connection) {
        this.connection = connection;
        this.encoder = new CopyEncoder(CAPACITY);
    }

    @Override
    void begin(Table table) throws SQLException {
        encoder.clear();
        encoder.header();
        fields = table.columns().size();
        copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(table.name(), table.columnNames()));
    }

    @Override
    void beginRow() {
        encoder.row(fields);
    }

    @Override
    void bigint(long value) {
        encoder.bigint(value);
    }

    @Override
    void integer(int value) {
        encoder.integer(value);
    }

    @Override
    void real(float value) {
        encoder.real(value);
    }

    @Override
    void doublePrecision(double value) {
        encoder.doublePrecision(value);
    }

    @Override
    void bool(boolean value) {
        encoder.bool(value);
    }

    @Override
    void text(byte[] utf8, int from, int count) {
        encoder.text(utf8, from, count);
    }

    @Override
    void json(byte[] utf8, int from, int count) {
        encoder.jsonb(utf8, from, count);
    }

    @Override
    void nothing() {
        encoder.nothing();
    }

    @Override
    void endRow() throws SQLException {
        if (encoder.length() >= FLUSH_BYTES) {
            send();
        }
    }

    @Override
    void end() throws SQLException {
        encoder.trailer();
        send();
        var ending = require();
        ending.endCopy();
        copy = null;
    }

    /// A connection in copy mode takes nothing else: where a copy was not ended, it is cancelled.
    @Override
    public void close() throws SQLException {
        var open = copy;
        copy = null;
        if (open != null && open.isActive()) {
            open.cancelCopy();
        }
    }

    private void send() throws SQLException {
        require().writeToCopy(encoder.array(), 0, encoder.length());
        encoder.clear();
    }

    private CopyIn require() {
        var open = copy;
        if (open == null) {
            throw new IllegalStateException("No copy was begun");
        }
        return open;
    }
}
