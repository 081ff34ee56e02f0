package dyno.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL server of Dyno's own on 127.0.0.1, which lives no longer than this JVM and keeps its tables in a
/// folder. Safe for any number of threads.
///
/// ```text
/// <folder>/binaries-…        programs, unpacked once
///          cluster/          tables
///          connection.json   address and credentials while it runs, for people with psql
///          password, lock, server.log, server.log.1
/// ```
public final class EmbeddedPostgres implements AutoCloseable {

    private static final String DATABASE = "dyno";

    /// A port that was free may be taken by the time the server binds it.
    private static final int ATTEMPTS = 3;

    /// Recovery after a crash replays the log that was written since the last checkpoint, 1 GiB at most.
    private static final int START_LIMIT_SECONDS = 300;

    private static final Duration POLL = Duration.ofMillis(25);

    private final Keeper keeper;
    private final int port;
    private final String password;
    private final Path connectionFile;
    private final FileChannel lock;

    private EmbeddedPostgres(Keeper keeper, int port, String password, Path connectionFile, FileChannel lock) {
        this.keeper = keeper;
        this.port = port;
        this.password = password;
        this.connectionFile = connectionFile;
        this.lock = lock;
    }

    /// Starts a server on `folder`, with its programs in there too.
    ///
    /// @throws EmbeddedPostgresException where it cannot, with the reason in one sentence
    public static EmbeddedPostgres start(Path folder) {
        return start(folder, folder);
    }

    /// Starts a server on `folder`. The first start takes seconds (programs are unpacked, the cluster is made),
    /// later ones half a second.
    ///
    /// @param programs where the programs are unpacked; any number of servers may share it
    /// @throws EmbeddedPostgresException where it cannot, with the reason in one sentence
    public static EmbeddedPostgres start(Path folder, Path programs) {
        try {
            var absolute = Files.createDirectories(folder).toRealPath();
            var lock = lock(absolute);
            try {
                return start(absolute, programs, lock);
            } catch (IOException | InterruptedException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException("PostgreSQL cannot start on %s: %s".formatted(folder, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("PostgreSQL's start on %s was interrupted".formatted(folder), e);
        }
    }

    public String jdbcUrl() {
        return jdbcUrl(port, DATABASE);
    }

    public int port() {
        return port;
    }

    public String user() {
        return Cluster.USER;
    }

    public String password() {
        return password;
    }

    /// Stops the server: connections end, everything is on disk when this returns.
    ///
    /// @throws EmbeddedPostgresException where it does not stop within a minute
    @Override
    public void close() {
        try (lock) {
            Files.deleteIfExists(connectionFile);
            keeper.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("PostgreSQL's stop was interrupted; it goes on stopping", e);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new EmbeddedPostgresException("Another process runs PostgreSQL on " + folder);
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // The other one is in this JVM: for the caller that is the same.
            return null;
        }
    }

    private static EmbeddedPostgres start(Path folder, Path programs, FileChannel lock)
            throws IOException, InterruptedException {
        var account = Account.current();
        var binaries = Binaries.unpack(programs);
        var cluster = Cluster.prepare(folder, binaries, account);
        Predecessor.awaitEnd(cluster.directory());
        var launch = new Launch(binaries, cluster, account, folder.resolve("server.log"));
        var server = launch(launch);
        var connectionFile = folder.resolve("connection.json");
        PrivateFile.write(connectionFile, connectionJson(server.port(), cluster.password()));
        int port = server.port();
        return new EmbeddedPostgres(
                Keeper.of(server, () -> relaunch(launch, port)), port, cluster.password(), connectionFile, lock);
    }

    /// What a start needs.
    private record Launch(Binaries binaries, Cluster cluster, Account account, Path log) {

        Server at(int port) throws IOException {
            return Server.launch(binaries, cluster, account, log, port);
        }

        EmbeddedPostgresException failure(String complaint) {
            return new EmbeddedPostgresException(
                    "PostgreSQL does not start on %s: %s".formatted(cluster.directory(), complaint));
        }
    }

    private static Server launch(Launch launch) throws IOException, InterruptedException {
        var complaint = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var server = launch.at(Server.freePort());
            if (isReady(server, launch.cluster().password())) {
                return server;
            }
            complaint = server.complaint();
        }
        throw launch.failure(complaint);
    }

    /// Starts it where connections look for it.
    private static Server relaunch(Launch launch, int port) throws IOException, InterruptedException {
        Predecessor.awaitEnd(launch.cluster().directory());
        var server = launch.at(port);
        try {
            if (isReady(server, launch.cluster().password())) {
                return server;
            }
        } catch (InterruptedException e) {
            server.giveUp();
            throw e;
        }
        throw launch.failure(server.complaint());
    }

    /// Waits until the server takes connections.
    ///
    /// @return false where it ended instead
    private static boolean isReady(Server server, String password) throws IOException, InterruptedException {
        for (long polls = START_LIMIT_SECONDS * 1000L / POLL.toMillis(); polls > 0; polls--) {
            if (server.endsWithin(POLL)) {
                return false;
            }
            if (hasDatabase(server.port(), password)) {
                return true;
            }
        }
        server.stop();
        throw new EmbeddedPostgresException(
                "PostgreSQL was not ready within %d s, see %s".formatted(START_LIMIT_SECONDS, server.log()));
    }

    /// Makes the database if the server is ready to.
    private static boolean hasDatabase(int port, String password) {
        try (var connection = DriverManager.getConnection(jdbcUrl(port, "postgres"), Cluster.USER, password);
                var statement = connection.createStatement()) {
            try (var found = statement.executeQuery("""
                    SELECT 1
                    FROM pg_database
                    WHERE datname = 'dyno'
                    """)) {
                if (found.next()) {
                    return true;
                }
            }
            statement.execute("CREATE DATABASE " + DATABASE);
            return true;
        } catch (SQLException e) {
            if (isNotYetReady(e)) {
                return false;
            }
            throw new EmbeddedPostgresException("PostgreSQL started and refuses work: " + e.getMessage(), e);
        }
    }

    /// Class 08 is a connection that nobody takes yet, 57P03 a server that is still starting.
    private static boolean isNotYetReady(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.equals("57P03"));
    }

    private static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    private static String connectionJson(int port, String password) {
        return """
                {
                  "jdbcUrl": "%s",
                  "host": "127.0.0.1",
                  "port": %d,
                  "database": "%s",
                  "user": "%s",
                  "password": "%s"
                }
                """.formatted(jdbcUrl(port, DATABASE), port, DATABASE, Cluster.USER, password);
    }
}
