package dyno.support;

import dyno.embedded.EmbeddedPostgres;
import dyno.support.TestDatabase.Address;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/// The one PostgreSQL server of a test JVM, which stops with it. Safe for any number of threads.
///
/// Migrations run once, in a template that fresh databases are copies of.
final class TestServer {

    private static final String TEMPLATE = "migrated";

    private static final class Running {
        private static final TestServer SERVER = start();
    }

    private final EmbeddedPostgres postgres;
    private final AtomicInteger databases = new AtomicInteger();

    private TestServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static TestServer running() {
        return Running.SERVER;
    }

    Address freshDatabase() {
        var name = "test_" + databases.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
        return database(name);
    }

    Address emptyDatabase() {
        var name = "test_" + databases.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE template0");
        return database(name);
    }

    private static TestServer start() {
        var server = new TestServer(EmbeddedPostgres.start(TestFolders.fresh("postgres"), TestFolders.programs()));
        // What a test wrote need not outlive a power cut, and copying templates is several times faster so.
        server.execute("ALTER SYSTEM SET fsync = off");
        server.execute("SELECT pg_reload_conf()");
        server.execute("CREATE DATABASE " + TEMPLATE);
        var template = server.database(TEMPLATE);
        Flyway.configure()
                .dataSource(template.jdbcUrl(), template.user(), template.password())
                .load()
                .migrate();
        return server;
    }

    private Address database(String name) {
        var url = postgres.jdbcUrl();
        return new Address(url.substring(0, url.lastIndexOf('/') + 1) + name, postgres.user(), postgres.password());
    }

    private void execute(String sql) {
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + ": " + e.getMessage(), e);
        }
    }
}
