package dyno.web;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/// Tells failures of the way to the database from failures of what was asked of it.
final class LostDatabase {

    /// The server is going down, crashed, or is not up yet.
    ///
    /// @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error codes</a>
    private static final Set<String> GOING_OR_COMING = Set.of("57P01", "57P02", "57P03");

    /// The pool's own words, without a state, about a connection that it gave up within a transaction.
    private static final String CLOSED = "Connection is closed";

    /// Connection exceptions.
    private static final String CONNECTION_CLASS = "08";

    /// Program limit exceeded: an index entry that is too large, a statement that is too deep.
    private static final String LIMITS_CLASS = "54";

    /// Deeper than any chain that libraries make; a chain may have a loop.
    private static final int MAX_CAUSES = 32;

    private LostDatabase() {}

    static boolean isCauseOf(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (saysSo(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /// What it began with, in the words of the driver or the pool.
    static String firstCause(Throwable thrown) {
        Throwable first = thrown;
        for (int i = 0; i < MAX_CAUSES; i++) {
            var cause = first.getCause();
            if (cause == null) {
                break;
            }
            first = cause;
        }
        return first.toString();
    }

    private static boolean saysSo(Throwable thrown) {
        return switch (thrown) {
            case DataAccessResourceFailureException e -> !isBeyondLimits(e.getCause());
            case RecoverableDataAccessException e -> true;
            case CannotCreateTransactionException e -> true;
            // The rollback failed as well, and hides why there was one.
            case TransactionSystemException e -> e.getOriginalException() != null && saysSo(e.getOriginalException());
            case SQLTransientConnectionException e -> true;
            case SQLNonTransientConnectionException e -> true;
            case SQLRecoverableException e -> true;
            case SQLException e -> isConnection(e.getSQLState()) || CLOSED.equals(e.getMessage());
            default -> false;
        };
    }

    /// Spring files statements that exceed what PostgreSQL can do with the failures of its resources; asking
    /// again would help nobody.
    private static boolean isBeyondLimits(@Nullable Throwable cause) {
        return cause instanceof SQLException e
                && e.getSQLState() != null
                && e.getSQLState().startsWith(LIMITS_CLASS);
    }

    private static boolean isConnection(@Nullable String state) {
        return state != null && (state.startsWith(CONNECTION_CLASS) || GOING_OR_COMING.contains(state));
    }
}
