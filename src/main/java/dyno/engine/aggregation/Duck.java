package dyno.engine.aggregation;

import dyno.engine.Cancellation;
import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.FullDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/// A DuckDB in memory that loads no extension from anywhere. Used by one thread at a time.
///
/// @see <a href="https://duckdb.org/docs/stable/configuration/overview">its settings</a>
final class Duck implements AutoCloseable {

    private static final int WATCH_MILLIS = 50;

    /// What DuckDB says of statements, which are ours, and of itself. Anything else it says of what it read.
    private static final List<String> OURS =
            List.of("Binder Error", "Catalog Error", "Parser Error", "Syntax Error", "INTERNAL Error", "FATAL Error");

    private final DuckDBConnection connection;
    private final Path spill;
    private final Cancellation cancellation;

    private Duck(DuckDBConnection connection, Path spill, Cancellation cancellation) {
        this.connection = connection;
        this.spill = spill;
        this.cancellation = cancellation;
    }

    /// @param spill where it may write what does not fit `memoryBytes`
    static Duck open(int threads, long memoryBytes, Path spill, Cancellation cancellation) {
        var properties = new Properties();
        properties.setProperty("threads", Integer.toString(threads));
        properties.setProperty("memory_limit", (memoryBytes >> 20) + "MiB");
        properties.setProperty("temp_directory", spill.toString());
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("preserve_insertion_order", "false");
        try {
            var connection = DriverManager.getConnection("jdbc:duckdb:", properties);
            return new Duck(connection.unwrap(DuckDBConnection.class), spill, cancellation);
        } catch (SQLException e) {
            throw new EngineException(FailureCode.ENGINE_ERROR, "DuckDB cannot be started: " + e.getMessage(), e);
        }
    }

    DuckDBConnection connection() {
        return connection;
    }

    /// Reads rows.
    @FunctionalInterface
    interface Rows<T> {
        T read(ResultSet rows) throws SQLException;
    }

    void execute(String sql) {
        run(statement -> {
            statement.execute(sql);
            return true;
        });
    }

    <T> T query(String sql, Rows<T> rows) {
        return run(statement -> {
            try (var found = statement.executeQuery(sql)) {
                return rows.read(found);
            }
        });
    }

    long number(String sql) {
        return query(sql, rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    private interface Work<T> {
        T with(Statement statement) throws SQLException;
    }

    private <T> T run(Work<T> work) {
        cancellation.check();
        // A failed execution closes its statement, so each has one of its own.
        try (var statement = connection.createStatement()) {
            var watch = watch(statement);
            try {
                return work.with(statement);
            } finally {
                watch.interrupt();
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /// What a failure means: where the work was cancelled, that it was, for then DuckDB was interrupted.
    EngineException failed(SQLException e) {
        cancellation.check();
        return isDiskFull(e) ? diskFull(e) : failure(e);
    }

    /// Before this one is closed, and with it its spill gone.
    private EngineException diskFull(SQLException e) {
        // Made by DuckDB with the first block that it spills.
        var existing = Files.exists(spill) ? spill : spill.toAbsolutePath().getParent();
        Object free;
        try {
            free = Files.getFileStore(Objects.requireNonNull(existing)).getUsableSpace();
        } catch (IOException unknown) {
            free = "unknown (%s)".formatted(unknown.getMessage());
        }
        var full = new EngineException(
                FailureCode.DISK_FULL,
                "DuckDB needs more than %s bytes, which are free, to spill: %s".formatted(free, e.getMessage()),
                Map.of("path", spill.toString(), "freeBytes", free));
        full.initCause(e);
        return full;
    }

    /// Interrupts the statement once the work is cancelled.
    private Thread watch(Statement statement) {
        var caller = Thread.currentThread();
        return Thread.ofVirtual().name("duckdb-watch").start(() -> {
            try {
                while (!cancellation.isCancelled() && !caller.isInterrupted()) {
                    Thread.sleep(WATCH_MILLIS);
                }
                statement.cancel();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (SQLException e) {
                // Closed meanwhile: there is nothing left to interrupt.
            }
        });
    }

    private static EngineException failure(SQLException e) {
        var message = String.valueOf(e.getMessage());
        var code = message.startsWith("Out of Memory Error")
                ? FailureCode.OUT_OF_MEMORY
                : OURS.stream().anyMatch(message::startsWith) ? FailureCode.ENGINE_ERROR : FailureCode.INVALID_INPUT;
        return new EngineException(code, "DuckDB: " + message, e);
    }

    /// DuckDB takes nine tenths of what is free for its bound, and calls it an error of memory where that
    /// is reached.
    private static boolean isDiskFull(SQLException e) {
        return FullDisk.is(e) || String.valueOf(e.getMessage()).contains("max_temp_directory_size");
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(e);
        }
    }
}
