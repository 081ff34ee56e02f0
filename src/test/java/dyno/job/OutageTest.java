package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;

class OutageTest {

    @Test
    void isOfADatabaseThatComesBack() {
        assertThat(Outage.is(new CannotCreateTransactionException("no connection")))
                .isTrue();
        assertThat(Outage.is(new DataAccessResourceFailureException("gone", new SQLException("crash", "57P02"))))
                .isTrue();
        assertThat(Outage.is(new DataAccessResourceFailureException("full", new SQLException("disk", "53100"))))
                .isTrue();
    }

    /// Whoever tried them again would try for ever.
    @Test
    void isNotOfStatementsThatNeverWork() {
        assertThat(Outage.is(new DataIntegrityViolationException("twice", new SQLException("key", "23505"))))
                .isFalse();
        assertThat(Outage.is(new DataAccessResourceFailureException("row", new SQLException("too large", "54000"))))
                .isFalse();
    }
}
