package dyno.engine.grouping;

import dyno.engine.Cancellation;
import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.FullDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/// A DuckDB in memory over the input's Parquet files. Used by one thread at a time.
///
/// While a statement runs, a thread of this session's own looks at the trial's cancellation and at the interrupt of
/// the thread that waits, and interrupts the statement.
final class DuckSession implements AutoCloseable {

    private static final long WATCH_MILLIS = 20;

    private final Connection connection;
    private final Cancellation cancellation;
    private final Thread watcher;
    private volatile @Nullable Statement running;
    private volatile @Nullable Thread waiting;
    private volatile boolean isClosed;

    /// @param scratch where DuckDB may spill to
    DuckSession(GroupingWorkload workload, Path scratch, Cancellation cancellation) {
        this.cancellation = cancellation;
        try {
            // Not through DriverManager, which does not see the class loader of an executable jar.
            this.connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        } catch (SQLException e) {
            throw new EngineException(FailureCode.ENGINE_ERROR, "DuckDB cannot be opened: " + e.getMessage(), e);
        }
        this.watcher =
                Thread.ofPlatform().daemon().name("grouping-duckdb-watch").unstarted(this::watch);
        try {
            configure(workload, scratch);
        } catch (Throwable e) {
            close();
            throw e;
        }
        watcher.start();
    }

    private void configure(GroupingWorkload workload, Path scratch) {
        execute("SET autoinstall_known_extensions = false");
        execute("SET autoload_known_extensions = false");
        execute("SET threads = %d".formatted(workload.workers()));
        execute("SET memory_limit = '%d bytes'".formatted(workload.memoryLimitBytes()));
        execute("SET temp_directory = %s"
                .formatted(quoted(scratch.resolve("duckdb").toString())));
    }

    Connection connection() {
        return connection;
    }

    void execute(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /// Something that runs statements.
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException, IOException, InterruptedException;
    }

    /// Runs `work`, which executes `statement`, and interrupts it once the trial is cancelled.
    <T> T watched(Statement statement, Work<T> work) throws IOException, InterruptedException {
        cancellation.check();
        waiting = Thread.currentThread();
        running = statement;
        try {
            return work.run();
        } catch (SQLException e) {
            running = null;
            cancellation.check();
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while DuckDB was busy");
            }
            throw failure(e);
        } finally {
            running = null;
            waiting = null;
        }
    }

    /// Reads a result to its end.
    @FunctionalInterface
    interface Reading<T> {
        T read(ResultSet result) throws SQLException, IOException;
    }

    /// What `reading` makes of a statement's result.
    <T> T query(String sql, Reading<T> reading) throws IOException, InterruptedException {
        try (var statement = connection.createStatement()) {
            return watched(statement, () -> {
                try (var result = statement.executeQuery(sql)) {
                    return reading.read(result);
                }
            });
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private void watch() {
        while (!isClosed) {
            try {
                Thread.sleep(WATCH_MILLIS);
                var statement = running;
                var owner = waiting;
                if (statement != null && (isCancelled() || (owner != null && owner.isInterrupted()))) {
                    statement.cancel();
                }
            } catch (InterruptedException | SQLException e) {
                // Closing wakes it up; a statement that just ended cannot be cancelled, and needs not.
            }
        }
    }

    private boolean isCancelled() {
        try {
            cancellation.check();
            return false;
        } catch (CancellationException e) {
            return true;
        }
    }

    /// What DuckDB's own words mean for the job.
    static EngineException failure(SQLException e) {
        var text = String.valueOf(e.getMessage());
        var lower = text.toLowerCase(Locale.ROOT);
        var code = FailureCode.ENGINE_ERROR;
        // First of all: DuckDB calls it an error of memory where what it spills reaches its share of the disk.
        if (FullDisk.is(e) || lower.contains("max_temp_directory_size")) {
            code = FailureCode.DISK_FULL;
        } else if (lower.contains("out of memory")) {
            code = FailureCode.OUT_OF_MEMORY;
        } else if (lower.startsWith("conversion error")
                || lower.startsWith("invalid input error")
                || lower.contains("parquet")) {
            code = FailureCode.INVALID_INPUT;
        }
        return new EngineException(code, "DuckDB: " + text, e);
    }

    /// `read_parquet` over all files, in their order; older writers do not say of bytes that they are text.
    static String table(Input input) {
        return input.paths().stream()
                .map(path -> quoted(path.toString()))
                .collect(Collectors.joining(", ", "read_parquet([", "], binary_as_string = true)"));
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /// `event_time` in microseconds, floored: DuckDB's own cast would round.
    static String micros(MeasurementSchema schema) {
        return switch (schema.unit()) {
            case NANOS -> "(epoch_ns(event_time) - ((epoch_ns(event_time) % 1000) + 1000) % 1000) // 1000";
            case MICROS, MILLIS -> "epoch_us(event_time)";
        };
    }

    @Override
    public void close() {
        isClosed = true;
        watcher.interrupt();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new EngineException(FailureCode.ENGINE_ERROR, "DuckDB cannot be closed: " + e.getMessage(), e);
        }
    }
}
