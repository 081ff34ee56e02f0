package dyno.support;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/// Fresh databases for tests without Spring.
public final class TestDatabase {

    private static final int IDLE_MILLIS = 10_000;

    private TestDatabase() {}

    /// Where a fresh database is, for tests that connect in a way of their own.
    public record Address(String jdbcUrl, String user, String password) {}

    public static Address address() {
        return TestServer.running().freshDatabase();
    }

    /// Where a database without a table is.
    public static Address empty() {
        return TestServer.running().emptyDatabase();
    }

    /// A pool on a migrated database that nobody else uses. Nobody needs to close it: connections that idle go
    /// away, and its thread is a daemon.
    public static DataSource fresh() {
        var database = address();
        var config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE_MILLIS);
        return new HikariDataSource(config);
    }
}
