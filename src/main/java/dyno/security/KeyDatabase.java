package dyno.security;

import javax.sql.DataSource;

/// The service's database, opened for a command; closing it leaves it as it was found, running or not.
public interface KeyDatabase extends AutoCloseable {

    /// Migrated.
    DataSource dataSource();

    @Override
    void close();
}
