package dyno.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

class LostDatabaseTest {

    @ParameterizedTest
    @CsvSource({"08006, true", "08001, true", "57P01, true", "57P03, true", "23505, false", "57014, false", ", false"})
    void goesByTheStateOfTheStatement(String state, boolean isLost) {
        var exception = new TransactionSystemException("commit failed", new SQLException("reason", state));

        assertThat(LostDatabase.isCauseOf(exception)).isEqualTo(isLost);
    }

    @Test
    void knowsTheExceptionsOfPoolsAndTransactions() {
        assertThat(LostDatabase.isCauseOf(new RuntimeException(new SQLTransientConnectionException("pool"))))
                .isTrue();
        assertThat(LostDatabase.isCauseOf(new CannotGetJdbcConnectionException("none")))
                .isTrue();
        assertThat(LostDatabase.isCauseOf(new CannotCreateTransactionException("none")))
                .isTrue();
        assertThat(LostDatabase.isCauseOf(new DataAccessResourceFailureException("gone")))
                .isTrue();
        assertThat(LostDatabase.isCauseOf(new DuplicateKeyException("twice"))).isFalse();
        assertThat(LostDatabase.isCauseOf(new IOException("file"))).isFalse();
    }

    @Test
    void takesAStatementBeyondTheServersLimitsForNoLoss() {
        var tooLarge = new SQLException("index row size 5000 exceeds btree maximum 2704", "54000");
        assertThat(LostDatabase.isCauseOf(new DataAccessResourceFailureException("insert", tooLarge)))
                .isFalse();

        var full = new SQLException("sorry, too many clients already", "53300");
        assertThat(LostDatabase.isCauseOf(new DataAccessResourceFailureException("insert", full)))
                .isTrue();
    }

    @Test
    void tellsWhatItBeganWith() {
        var pool = new SQLTransientConnectionException("dyno - Connection is not available, timed out after 3000ms");
        var thrown = new RuntimeException(new CannotCreateTransactionException("no connection", pool));

        assertThat(LostDatabase.firstCause(thrown)).isEqualTo(pool.toString());
    }

    @Test
    void looksBehindARollbackThatFailedToo() {
        var failed = new TransactionSystemException("Could not roll back", new SQLException("no state"));
        assertThat(LostDatabase.isCauseOf(failed)).isFalse();
        failed.initApplicationException(new DataAccessResourceFailureException("gone"));
        assertThat(LostDatabase.isCauseOf(failed)).isTrue();

        assertThat(LostDatabase.isCauseOf(
                        new TransactionSystemException("rollback", new SQLException("Connection is closed"))))
                .isTrue();
    }

    @Test
    void endsWhereCausesFormALoop() {
        var one = new RuntimeException("one");
        one.initCause(new RuntimeException("two", one));

        assertThat(LostDatabase.isCauseOf(one)).isFalse();
    }
}
