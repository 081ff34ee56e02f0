package dyno.engine.parquet;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A DuckDB of a test's own, as the other reader and writer of the format.
final class Duck implements AutoCloseable {

    private final Connection connection;

    Duck() throws SQLException {
        this.connection = DriverManager.getConnection("jdbc:duckdb:");
        execute("SET autoinstall_known_extensions = false");
        execute("SET autoload_known_extensions = false");
        execute("SET threads = 1");
    }

    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<List<@Nullable Object>> rows(String sql) throws SQLException {
        var rows = new ArrayList<List<@Nullable Object>>();
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                var row = new ArrayList<@Nullable Object>();
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getObject(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    static String quoted(Path file) {
        return "'" + file + "'";
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
