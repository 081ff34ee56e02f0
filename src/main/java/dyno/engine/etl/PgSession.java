package dyno.engine.etl;

import dyno.engine.Databases.Account;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.PGConnection;

/// A connection to PostgreSQL as this engine wants it: in transactions, in one schema, and never waiting for ever.
///
/// Used by one thread at a time, [#abort] excepted.
final class PgSession implements AutoCloseable {

    private static final String CONNECT_SECONDS = "3";

    /// How long the server may take to hear of a cancellation before the connection is cut off anyway.
    private static final int CANCEL_MILLIS = 200;

    /// The socket gives up this much later than the server, which says why.
    private static final int SOCKET_GRACE_SECONDS = 5;

    private final Connection connection;
    private final AtomicBoolean aborted = new AtomicBoolean();

    private PgSession(Connection connection) {
        this.connection = connection;
    }

    /// Where to, and how long a statement may take.
    ///
    /// @param name          shows in `pg_stat_activity`
    /// @param schema        that names without one are looked up in
    /// @param timeoutMillis of a statement; above 0
    record Settings(Account account, String name, String schema, int timeoutMillis) {}

    static PgSession open(Settings settings) throws SQLException {
        var properties = new Properties();
        var account = settings.account();
        if (!account.user().isEmpty()) {
            properties.setProperty("user", account.user());
        }
        if (!account.password().isEmpty()) {
            properties.setProperty("password", account.password());
        }
        properties.setProperty("ApplicationName", settings.name());
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        properties.setProperty("cancelSignalTimeout", CONNECT_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty(
                "socketTimeout", Integer.toString(settings.timeoutMillis() / 1000 + SOCKET_GRACE_SECONDS));
        var connection = DriverManager.getConnection(account.url(), properties);
        try {
            return prepared(connection, settings);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static PgSession prepared(Connection connection, Settings settings) throws SQLException {
        try (var statement = connection.prepareStatement("""
                SELECT set_config('search_path', ?, false),
                    set_config('statement_timeout', ?, false),
                    set_config('client_min_messages', 'warning', false)
                """)) {
            statement.setString(1, settings.schema());
            statement.setString(2, Integer.toString(settings.timeoutMillis()));
            statement.execute();
        }
        connection.setAutoCommit(false);
        return new PgSession(connection);
    }

    Connection jdbc() {
        return connection;
    }

    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The first column of the only row, as text.
    String ask(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            if (!found.next()) {
                throw new SQLException("No row: " + sql);
            }
            return String.valueOf(found.getString(1));
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    /// Ends whatever statement is running, and the connection. Does not block: a thread sees to it. Interrupts mean
    /// nothing to a driver that waits for a socket.
    void abort() {
        if (aborted.compareAndSet(false, true)) {
            startAborting();
        }
    }

    /// Whether [#abort] was called: the connection ends soon, if it has not yet.
    boolean isAborted() {
        return aborted.get();
    }

    private void startAborting() {
        Thread.ofPlatform().daemon().name("sink-abort").start(() -> {
            var cancel = Thread.ofVirtual().start(this::cancel);
            try {
                cancel.join(Duration.ofMillis(CANCEL_MILLIS));
                connection.abort(Runnable::run);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (SQLException e) {
                // Closed by its owner meanwhile, which is what this is for.
            }
        });
    }

    /// The server would otherwise notice only when it next reads or writes, and hold its locks until then.
    private void cancel() {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException e) {
            // Out of reach or closed already: cutting the connection off is all that is left, and done next.
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
