package dyno.engine.etl;

import dyno.engine.etl.Table.Column;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes rows by INSERT, one row a statement: what INSERT_BATCH and INSERT_ROW have in common, which differ in when
/// the statement goes to the server.
abstract class InsertWriter extends RowWriter {

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private @Nullable PreparedStatement current;
    private @Nullable Table table;
    private int parameter;

    private InsertWriter(Connection connection) {
        this.connection = connection;
    }

    /// INSERT_ROW: one round trip a row.
    static InsertWriter rowByRow(Connection connection) {
        return new InsertWriter(connection) {
            @Override
            void endRow() throws SQLException {
                statement().executeUpdate();
            }

            @Override
            void end() {}
        };
    }

    /// INSERT_BATCH: JDBC's batch, whose rows the driver sends one by one without waiting for each. Its option to
    /// rewrite them into one statement stays off: that would be INSERT_MULTI.
    static InsertWriter batched(Connection connection) {
        return new InsertWriter(connection) {
            private int waiting;

            @Override
            void begin(Table begun) throws SQLException {
                super.begin(begun);
                statement().clearBatch();
                waiting = 0;
            }

            @Override
            void endRow() throws SQLException {
                statement().addBatch();
                waiting++;
                if (waiting == MOST_WAITING) {
                    end();
                }
            }

            @Override
            void end() throws SQLException {
                if (waiting > 0) {
                    statement().executeBatch();
                    waiting = 0;
                }
            }
        };
    }

    /// Rows of a batch that wait in memory: those of original users are up to 68 KB long.
    private static final int MOST_WAITING = 1_000;

    @Override
    void begin(Table begun) throws SQLException {
        table = begun;
        var prepared = statements.get(begun.name());
        if (prepared == null) {
            prepared = connection.prepareStatement(sql(begun, 1));
            statements.put(begun.name(), prepared);
        }
        current = prepared;
    }

    /// @param rows in the statement
    static String sql(Table table, int rows) {
        var row = table.columns().stream()
                .map(Column::type)
                .map(Table.Type::parameter)
                .collect(Collectors.joining(", ", "(", ")"));
        return """
                INSERT INTO %s (%s)
                VALUES %s
                """.formatted(table.name(), table.columnNames(), String.join(", ", Collections.nCopies(rows, row)));
    }

    @Override
    void beginRow() {
        parameter = 0;
    }

    @Override
    void bigint(long value) throws SQLException {
        statement().setLong(++parameter, value);
    }

    @Override
    void integer(int value) throws SQLException {
        statement().setInt(++parameter, value);
    }

    @Override
    void real(float value) throws SQLException {
        statement().setFloat(++parameter, value);
    }

    @Override
    void doublePrecision(double value) throws SQLException {
        statement().setDouble(++parameter, value);
    }

    @Override
    void bool(boolean value) throws SQLException {
        statement().setBoolean(++parameter, value);
    }

    @Override
    void text(byte[] utf8, int from, int count) throws SQLException {
        statement().setString(++parameter, new String(utf8, from, count, StandardCharsets.UTF_8));
    }

    @Override
    void json(byte[] utf8, int from, int count) throws SQLException {
        text(utf8, from, count);
    }

    @Override
    void nothing() throws SQLException {
        var column = require(table).columns().get(parameter);
        statement().setNull(++parameter, sqlType(column.type()));
    }

    static int sqlType(Table.Type type) {
        return switch (type) {
            case BIGINT -> Types.BIGINT;
            case INTEGER -> Types.INTEGER;
            case REAL -> Types.REAL;
            case DOUBLE -> Types.DOUBLE;
            case BOOLEAN -> Types.BOOLEAN;
            case TEXT, JSONB -> Types.VARCHAR;
        };
    }

    final PreparedStatement statement() {
        return require(current);
    }

    private static <T> T require(@Nullable T begun) {
        if (begun == null) {
            throw new IllegalStateException("No table was begun");
        }
        return begun;
    }

    @Override
    public void close() throws SQLException {
        for (var statement : statements.values()) {
            statement.close();
        }
        statements.clear();
    }
}
