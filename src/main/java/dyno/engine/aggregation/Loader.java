package dyno.engine.aggregation;

import dyno.engine.Cancellation;
import dyno.engine.Databases;
import dyno.engine.Databases.Account;
import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.TrialContext;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Loads results into a table of a schema: one transaction replaces the rows of a source within a period.
///
/// Used by one thread at a time; a thread of its own watches for cancellation while a load runs.
final class Loader implements AutoCloseable {

    private static final String SECONDS = "10";
    private static final int WATCH_MILLIS = 50;

    /// Days that a replacement covers.
    record Span(LocalDate first, LocalDate last) {}

    /// A schema, and whether it stays.
    private record Place(String schema, boolean isKept) {}

    private final Account account;
    private final Connection connection;
    private final Identity identity;
    private final Cancellation cancellation;
    private final Loading loading;
    private final String schema;
    private final boolean isKept;

    private Loader(
            Account account,
            Connection connection,
            AggregationWorkload workload,
            Cancellation cancellation,
            Place place) {
        this.account = account;
        this.connection = connection;
        this.identity = workload.identity();
        this.cancellation = cancellation;
        this.schema = place.schema();
        this.isKept = place.isKept();
        this.loading = switch (workload.loadMethod()) {
            case COPY_BINARY -> new BinaryCopy(identity, cancellation);
            case COPY_TEXT -> new TextCopy(identity, cancellation);
            case INSERT_BATCH -> new BatchInsert(identity, cancellation);
            case NONE -> throw new IllegalArgumentException("NONE loads nothing");
        };
    }

    /// A schema of the fork's own, dropped on closing: `dyno_agg__9f86d081884c_0`.
    static Loader scratch(Account account, AggregationWorkload workload, TrialContext context) {
        // Two underscores, so that it is never the name of a kept one.
        var schema = Databases.scratchSchema("agg_", context.job(), context.attempt(), context.fork());
        return open(account, workload, schema, null, context.cancellation());
    }

    /// A schema that stays for `time`: `dyno_agg_<name>`.
    static Loader kept(
            Account account, AggregationWorkload workload, String name, Duration time, Cancellation cancellation) {
        return open(account, workload, "dyno_agg_" + name, time, cancellation);
    }

    /// Connects, and makes schema, table and indexes where they are missing.
    ///
    /// @param schema of letters, digits and `_`
    /// @param keptFor how long the service leaves the schema; null for one that is dropped on closing
    /// @throws EngineException where the database is out of reach or refuses
    static Loader open(
            Account account,
            AggregationWorkload workload,
            String schema,
            @Nullable Duration keptFor,
            Cancellation cancellation) {
        try {
            var connection = connect(account, schema);
            try {
                prepare(connection, schema, keptFor);
                return new Loader(account, connection, workload, cancellation, new Place(schema, keptFor != null));
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private static Connection connect(Account account, String schema) throws SQLException {
        var properties = new Properties();
        if (!account.user().isEmpty()) {
            properties.setProperty("user", account.user());
        }
        if (!account.password().isEmpty()) {
            properties.setProperty("password", account.password());
        }
        properties.setProperty("ApplicationName", schema);
        properties.setProperty("connectTimeout", SECONDS);
        properties.setProperty("loginTimeout", SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(account.url(), properties);
    }

    private static void prepare(Connection connection, String schema, @Nullable Duration keptFor) throws SQLException {
        connection.setAutoCommit(false);
        execute(connection, "SET client_min_messages = warning");
        if (keptFor == null) {
            // A former attempt of the same job may have left it.
            execute(connection, "DROP SCHEMA IF EXISTS %s CASCADE".formatted(schema));
        }
        execute(connection, "CREATE SCHEMA IF NOT EXISTS " + schema);
        if (keptFor != null) {
            execute(
                    connection,
                    "COMMENT ON SCHEMA %s IS 'kept until %s'".formatted(schema, until(connection, keptFor)));
        }
        execute(connection, "SET search_path = " + schema);
        execute(connection, TableSchema.createTable());
        for (var index : TableSchema.createIndexes()) {
            execute(connection, index);
        }
        connection.commit();
    }

    /// By the database's clock, which is also what ends the time.
    private static String until(Connection connection, Duration keptFor) throws SQLException {
        try (var statement = connection.prepareStatement("""
                SELECT to_char((now() + make_interval(secs => ?)) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                """)) {
            statement.setDouble(1, (double) keptFor.toSeconds());
            try (var found = statement.executeQuery()) {
                found.next();
                return found.getString(1);
            }
        }
    }

    /// Replaces the rows of the source within the period by those of `result`, durably.
    ///
    /// @throws EngineException where the database refuses or is lost; nothing is changed then
    /// @throws CancellationException once the work was cancelled; nothing is changed then
    void replace(Result result, Span span) throws IOException {
        var watch = new Watch();
        try {
            execute(
                    connection,
                    "SELECT pg_advisory_xact_lock(hashtextextended('%s %s %s', 0))"
                            .formatted(identity.source(), span.first(), span.last()));
            delete(span);
            loading.write(connection, result);
            connection.commit();
        } catch (SQLException e) {
            rollback(e);
            cancellation.check();
            throw unavailable(e);
        } catch (IOException | RuntimeException e) {
            rollback(e);
            throw e;
        } finally {
            watch.close();
        }
    }

    private void delete(Span span) throws SQLException {
        try (var statement = connection.prepareStatement("""
                DELETE FROM %s
                WHERE source_uuid = ?
                AND usage_start BETWEEN ? AND ?
                """.formatted(TableSchema.TABLE))) {
            statement.setObject(1, identity.source());
            statement.setObject(2, span.first());
            statement.setObject(3, span.last());
            statement.executeUpdate();
        }
    }

    private void rollback(Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is gone, and the transaction with it.
            failure.addSuppressed(e);
        }
    }

    /// Frees the room of replaced rows, so that the next load does not pay for the last one.
    void vacuum() {
        try {
            connection.setAutoCommit(true);
            execute(connection, "VACUUM " + TableSchema.TABLE);
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /// The table's rows of the source as canonical lines, sorted; labels in canonical form again.
    List<byte[]> lines(AggregationWorkload workload, Span span) {
        try {
            return new TableLines(connection, workload).read(span);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /// Rows of the source within the period, and outside of it.
    long[] rowsWithinAndOutside(Span span) {
        try (var statement = connection.prepareStatement("""
                SELECT
                    count(*) FILTER (WHERE usage_start BETWEEN ? AND ?),
                    count(*) FILTER (WHERE usage_start NOT BETWEEN ? AND ?)
                FROM %s
                WHERE source_uuid = ?
                """.formatted(TableSchema.TABLE))) {
            statement.setObject(1, span.first());
            statement.setObject(2, span.last());
            statement.setObject(3, span.first());
            statement.setObject(4, span.last());
            statement.setObject(5, identity.source());
            try (var found = statement.executeQuery()) {
                found.next();
                return new long[] {found.getLong(1), found.getLong(2)};
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void close() throws IOException {
        try (connection) {
            if (!isKept) {
                drop();
            }
        } catch (SQLException e) {
            throw new IOException("Schema %s is left for the service to drop: %s".formatted(schema, e.getMessage()), e);
        }
    }

    /// A load that was cancelled ends by closing its connection under it, and others lose theirs: then
    /// another one drops the schema.
    private void drop() throws SQLException {
        if (!connection.isClosed()) {
            try {
                connection.rollback();
                drop(connection);
                return;
            } catch (SQLException e) {
                if (!connection.isClosed()) {
                    throw e;
                }
                // It was lost before it was asked for anything; the schema is there all the same.
            }
        }
        try (var another = connect(account, schema)) {
            another.setAutoCommit(false);
            drop(another);
        }
    }

    private void drop(Connection by) throws SQLException {
        // The session of the lost connection may hold its locks until the server has noticed.
        execute(by, "SET LOCAL lock_timeout = '10s'");
        execute(by, "DROP SCHEMA IF EXISTS %s CASCADE".formatted(schema));
        by.commit();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static EngineException unavailable(SQLException e) {
        var messages = new ArrayList<String>();
        for (Throwable cause = e; cause != null && messages.size() < 3; cause = cause.getCause()) {
            messages.add(String.valueOf(cause.getMessage()));
        }
        return new EngineException(
                FailureCode.DATABASE_UNAVAILABLE,
                "PostgreSQL refused or was lost: %s".formatted(String.join(": ", messages)),
                e);
    }

    /// Ends what runs in the database once the work is cancelled: a driver that waits for a socket hears nothing else.
    private final class Watch implements AutoCloseable {

        private final Thread caller = Thread.currentThread();
        private final Thread thread =
                Thread.ofPlatform().daemon().name("aggregation-load-watch").start(this::watch);
        private volatile boolean isOver;

        private void watch() {
            try {
                while (!isOver) {
                    if (cancellation.isCancelled() || caller.isInterrupted()) {
                        connection.abort(Runnable::run);
                        return;
                    }
                    Thread.sleep(WATCH_MILLIS);
                }
            } catch (InterruptedException e) {
                // The load is over.
                Thread.currentThread().interrupt();
            } catch (SQLException e) {
                // Closed by its owner meanwhile, which is what this is for.
            }
        }

        @Override
        public void close() {
            isOver = true;
            thread.interrupt();
        }
    }
}
