package dyno.engine.etl;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// One worker's way into PostgreSQL: a connection, and a new one where that is lost; one transaction a batch.
final class PostgresLoader implements Sink.Loader {

    private final PostgresSink sink;
    private final PgSession.Settings settings;
    private final PgBatches.Style style;

    /// Null while there is no connection. Written by the loading thread; [#abort] reads it.
    private volatile @Nullable PgBatches batches;

    /// Rows of a load whose commit nobody saw, by table: they count once the ledger is found to hold it.
    private long @Nullable [] uncertain;

    PostgresLoader(PostgresSink sink, PgSession.Settings settings, PgBatches.Style style) {
        this.sink = sink;
        this.settings = settings;
        this.style = style;
    }

    /// Connects before the timed region.
    void connect() throws SQLException {
        var session = PgSession.open(settings);
        try {
            batches = new PgBatches(session, style);
            session.commit();
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public void load(Load load) throws InterruptedException {
        requireUninterrupted();
        boolean isCommitting = false;
        try {
            var writing = connected();
            boolean isNew = writing.write(load);
            requireUninterrupted();
            isCommitting = true;
            writing.session().commit();
            count(isNew ? writing.written() : uncertain);
        } catch (SQLException e) {
            throw failed(e, isCommitting);
        } catch (InterruptedException | RuntimeException | Error e) {
            // Whatever state the connection is in, the server takes back what was not committed.
            disconnect();
            throw e;
        }
    }

    @Override
    public boolean isLoaded(Load load) throws InterruptedException {
        requireUninterrupted();
        try {
            var asked = connected();
            boolean isLoaded = asked.holds(load);
            asked.session().rollback();
            if (isLoaded) {
                count(uncertain);
            }
            return isLoaded;
        } catch (SQLException e) {
            throw failed(e, false);
        }
    }

    /// @param rows by table; null where another process wrote them
    private void count(long @Nullable [] rows) {
        if (rows != null) {
            sink.count(rows);
        }
        uncertain = null;
    }

    private PgBatches connected() throws SQLException {
        var open = batches;
        if (open == null) {
            connect();
            open = batches;
        }
        if (open == null) {
            throw new IllegalStateException("Connected and not connected");
        }
        return open;
    }

    /// Whether by the driver or by [#abort], the load was ended: what it means for the next attempt.
    private LoadException failed(SQLException e, boolean isCommitting) throws InterruptedException {
        var failed = batches;
        if (isCommitting && failed != null) {
            uncertain = failed.written().clone();
        }
        if (failed == null || PgFailure.isLost(e) || Thread.currentThread().isInterrupted() || !isRolledBack(failed)) {
            disconnect();
        }
        if (!isCommitting) {
            requireUninterrupted();
        }
        return PgFailure.of(e, isCommitting);
    }

    private static boolean isRolledBack(PgBatches failed) {
        try {
            failed.abandon();
            return true;
        } catch (SQLException e) {
            // The connection is worse off than it seemed. A new one will tell.
            return false;
        }
    }

    private void disconnect() {
        var broken = batches;
        batches = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (SQLException e) {
                // It is gone, which is what was wanted.
            }
        }
    }

    private static void requireUninterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    @Override
    public void abort() {
        var running = batches;
        if (running != null) {
            running.session().abort();
        }
    }

    @Override
    public void close() throws IOException {
        var open = batches;
        batches = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                throw new IOException("A connection to PostgreSQL could not be closed", e);
            }
        }
    }
}
