package dyno.embedded;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.concurrent.CountDownLatch;

/// A JVM that runs a server until it is killed. It keeps a note in a table, so that there is something to lose.
final class ServerOwner {

    static final String READY = "the server is ready";

    private ServerOwner() {}

    /// @param args folder, folder of programs
    public static void main(String[] args) throws Exception {
        var postgres = EmbeddedPostgres.start(Path.of(args[0]), Path.of(args[1]));
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE note (text text)");
            statement.execute("INSERT INTO note VALUES ('kept')");
        }
        System.out.println(READY);
        new CountDownLatch(1).await();
    }
}
