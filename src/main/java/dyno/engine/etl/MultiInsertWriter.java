package dyno.engine.etl;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// INSERT_MULTI: one statement for as many rows as the protocol's limit of parameters allows.
final class MultiInsertWriter extends RowWriter {

    /// Parameters of one statement: their number is an unsigned int16.
    static final int MOST_PARAMETERS = 65_535;

    /// Rows of original users are up to 68 KB long; this many bytes of text end a statement too.
    private static final int MOST_TEXT_BYTES = 8 << 20;

    /// A statement that was prepared for so many rows.
    private record Prepared(int rows, PreparedStatement statement) {}

    private final Connection connection;
    private final Map<String, Prepared> statements = new HashMap<>();
    private final List<@Nullable Object> values = new ArrayList<>();
    private @Nullable Table table;
    private int textBytes;

    MultiInsertWriter(Connection connection) {
        this.connection = connection;
    }

    @Override
    void begin(Table begun) {
        table = begun;
        values.clear();
        textBytes = 0;
    }

    @Override
    void beginRow() {}

    @Override
    void bigint(long value) {
        values.add(value);
    }

    @Override
    void integer(int value) {
        values.add(value);
    }

    @Override
    void real(float value) {
        values.add(value);
    }

    @Override
    void doublePrecision(double value) {
        values.add(value);
    }

    @Override
    void bool(boolean value) {
        values.add(value);
    }

    @Override
    void text(byte[] utf8, int from, int count) {
        values.add(new String(utf8, from, count, StandardCharsets.UTF_8));
        textBytes += count;
    }

    @Override
    void json(byte[] utf8, int from, int count) {
        text(utf8, from, count);
    }

    @Override
    void nothing() {
        values.add(null);
    }

    @Override
    void endRow() throws SQLException {
        int columns = table().columns().size();
        if (values.size() + columns > MOST_PARAMETERS || textBytes >= MOST_TEXT_BYTES) {
            end();
        }
    }

    @Override
    void end() throws SQLException {
        if (values.isEmpty()) {
            return;
        }
        var columns = table().columns();
        var statement = prepared(values.size() / columns.size());
        for (int i = 0; i < values.size(); i++) {
            bind(statement, i + 1, values.get(i), columns.get(i % columns.size()).type());
        }
        statement.executeUpdate();
        values.clear();
        textBytes = 0;
    }

    private static void bind(PreparedStatement statement, int parameter, @Nullable Object value, Table.Type type)
            throws SQLException {
        switch (value) {
            case null -> statement.setNull(parameter, InsertWriter.sqlType(type));
            case Long number -> statement.setLong(parameter, number);
            case Integer number -> statement.setInt(parameter, number);
            case Float number -> statement.setFloat(parameter, number);
            case Double number -> statement.setDouble(parameter, number);
            case Boolean flag -> statement.setBoolean(parameter, flag);
            case String text -> statement.setString(parameter, text);
            default -> throw new IllegalStateException("No column holds a " + value.getClass());
        }
    }

    /// The statement of the last batch serves the next one, which mostly has as many rows.
    private PreparedStatement prepared(int rows) throws SQLException {
        var name = table().name();
        var last = statements.get(name);
        if (last != null && last.rows() == rows) {
            return last.statement();
        }
        if (last != null) {
            last.statement().close();
        }
        var fresh = new Prepared(rows, connection.prepareStatement(InsertWriter.sql(table(), rows)));
        statements.put(name, fresh);
        return fresh.statement();
    }

    private Table table() {
        var begun = table;
        if (begun == null) {
            throw new IllegalStateException("No table was begun");
        }
        return begun;
    }

    @Override
    public void close() throws SQLException {
        for (var prepared : statements.values()) {
            prepared.statement().close();
        }
        statements.clear();
    }
}
