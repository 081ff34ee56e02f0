package dyno.job;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/// Tells a database that is away, and comes back, from a statement that will never work.
final class Outage {

    /// A server that is shutting down, crashed, or starting up; see "operator intervention" in
    /// [PostgreSQL's error codes](https://www.postgresql.org/docs/current/errcodes-appendix.html).
    private static final String OPERATOR_INTERVENTION = "57P";

    private static final String CONNECTION_EXCEPTION = "08";

    private static final String PROGRAM_LIMIT_EXCEEDED = "54";

    private Outage() {}

    static boolean is(RuntimeException failure) {
        return switch (failure) {
            case TransientDataAccessException e -> true;
            case RecoverableDataAccessException e -> true;
            case DataAccessResourceFailureException e -> !isBeyondLimits(e);
            case CannotCreateTransactionException e -> true;
            case TransactionSystemException e -> true;
            case DataAccessException e -> saysSo(e);
            case TransactionException e -> saysSo(e);
            default -> false;
        };
    }

    /// Spring files statements that exceed what PostgreSQL can do with the failures of its resources.
    private static boolean isBeyondLimits(DataAccessResourceFailureException failure) {
        return failure.getCause() instanceof SQLException sql
                && sql.getSQLState() != null
                && sql.getSQLState().startsWith(PROGRAM_LIMIT_EXCEEDED);
    }

    private static boolean saysSo(RuntimeException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().startsWith(CONNECTION_EXCEPTION)
                        || sql.getSQLState().startsWith(OPERATOR_INTERVENTION);
            }
        }
        return false;
    }
}
