package dyno.engine.etl;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.etl.LoadException.Kind;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// What an error of PostgreSQL means for the load that met it.
///
/// @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error codes</a>
final class PgFailure {

    private PgFailure() {}

    /// @param isCommitting whether the transaction's end was under way, so that nobody knows what became of it where
    ///                     the server did not say
    static LoadException of(SQLException e, boolean isCommitting) {
        var state = state(e);
        var code = code(e, state);
        if (isCommitting && isLost(e, state)) {
            return new LoadException(Kind.UNKNOWN_OUTCOME, code, "Nobody knows whether it was committed: " + sentence(e), e);
        }
        return new LoadException(isTransient(e, state) ? Kind.TRANSIENT : Kind.PERMANENT, code, sentence(e), e);
    }

    /// For what is done before and after loads.
    static EngineException fatal(SQLException e, String what) {
        return new EngineException(code(e, state(e)), what + ": " + sentence(e), e);
    }

    /// Whether the connection is gone, so that another one may help.
    static boolean isLost(SQLException e) {
        return isLost(e, state(e));
    }

    static boolean isDuplicate(SQLException e) {
        return state(e).equals("23505");
    }

    private static FailureCode code(SQLException e, String state) {
        if (state.equals("53100")) {
            return FailureCode.DISK_FULL;
        }
        return isLost(e, state) || state.startsWith("53") ? FailureCode.DATABASE_UNAVAILABLE : FailureCode.ENGINE_ERROR;
    }

    /// Class 08: connection. 57P: the server stops, crashed or is starting. Without a state: the driver's own socket.
    private static boolean isLost(SQLException e, String state) {
        return state.startsWith("08") || state.startsWith("57P") || causedByIo(e);
    }

    /// 40: serialization failures and deadlocks. 53: resources. 55P03: a lock. 57014: cancelled or timed out.
    /// 58: the system's.
    private static boolean isTransient(SQLException e, String state) {
        return isLost(e, state)
                || state.startsWith("40")
                || state.startsWith("53")
                || state.startsWith("58")
                || state.equals("55P03")
                || state.equals("57014");
    }

    private static boolean causedByIo(SQLException e) {
        for (@Nullable Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    /// Of a batch, the state of the statement that failed.
    private static String state(SQLException e) {
        if (e instanceof BatchUpdateException && e.getNextException() != null) {
            return state(e.getNextException());
        }
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    private static String sentence(SQLException e) {
        var told = e instanceof BatchUpdateException && e.getNextException() != null ? e.getNextException() : e;
        return String.valueOf(told.getMessage()).replaceAll("\\s*\\R\\s*", "; ");
    }
}
