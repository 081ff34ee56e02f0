package dyno.job;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// A database that is out of reach for some threads, as often as it is told.
final class FlakyDatabase extends DelegatingDataSource {

    private final AtomicInteger refusals = new AtomicInteger();

    FlakyDatabase(DataSource database) {
        super(database);
    }

    /// The next connections cannot be had by the threads that run jobs.
    void refuseJobs(int times) {
        refusals.set(times);
    }

    @Override
    public Connection getConnection() throws SQLException {
        boolean isJob = Thread.currentThread().getName().startsWith("dyno-job-");
        if (isJob && refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new SQLTransientConnectionException("the database is away", "08001");
        }
        return super.getConnection();
    }
}
