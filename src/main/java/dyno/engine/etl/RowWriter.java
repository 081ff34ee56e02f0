package dyno.engine.etl;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Brings rows into tables: `begin`, then for each row `beginRow`, a value for each of the table's columns, `endRow`;
/// then `end`. One table after the other, within whatever transaction the connection is in.
///
/// Bound to one connection, and used by one thread at a time. After an exception [#close] makes it fit to begin anew.
abstract class RowWriter implements AutoCloseable {

    /// JSON in the making.
    private final LineBuffer json = new LineBuffer(1024);

    abstract void begin(Table table) throws SQLException;

    abstract void beginRow() throws SQLException;

    abstract void bigint(long value) throws SQLException;

    abstract void integer(int value) throws SQLException;

    abstract void real(float value) throws SQLException;

    abstract void doublePrecision(double value) throws SQLException;

    abstract void bool(boolean value) throws SQLException;

    /// UTF-8.
    abstract void text(byte[] utf8, int from, int count) throws SQLException;

    /// Canonical JSON in UTF-8.
    abstract void json(byte[] utf8, int from, int count) throws SQLException;

    abstract void nothing() throws SQLException;

    abstract void endRow() throws SQLException;

    /// All rows are with the server when this returns.
    abstract void end() throws SQLException;

    /// Releases statements, and forgets rows that the server does not have. The connection stays open.
    @Override
    public abstract void close() throws SQLException;

    final void integer(@Nullable Integer value) throws SQLException {
        if (value == null) {
            nothing();
        } else {
            integer(value.intValue());
        }
    }

    final void bool(@Nullable Boolean value) throws SQLException {
        if (value == null) {
            nothing();
        } else {
            bool(value.booleanValue());
        }
    }

    final void text(byte @Nullable [] utf8) throws SQLException {
        if (utf8 == null) {
            nothing();
        } else {
            text(utf8, 0, utf8.length);
        }
    }

    /// An array of texts.
    final void json(byte[][] texts) throws SQLException {
        json.clear();
        json.raw('[');
        for (int i = 0; i < texts.length; i++) {
            if (i > 0) {
                json.raw(',');
            }
            json.text(texts[i]);
        }
        json.raw(']');
        json(json.array(), 0, json.length());
    }
}
