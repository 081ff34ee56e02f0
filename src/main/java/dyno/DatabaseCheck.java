package dyno;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/// Whether there is a database, or can be one; whether its clock and ours agree; whether the port is free.
final class DatabaseCheck {

    private static final int DEFAULT_PORT = 8080;
    private static final Duration CLOCKS_MAY_DIFFER = Duration.ofSeconds(2);

    private DatabaseCheck() {}

    static List<Finding> of(Path data, Map<String, String> environment, InstantSource clock) {
        var findings = new ArrayList<Finding>();
        var named = ExternalDatabase.of(environment);
        var running = OpenedDatabase.ofRunningService(data);
        if (named.isPresent()) {
            try {
                named.get().require();
                findings.add(Finding.fine("database", named.get() + " takes us"));
                findings.add(clocks(OpenedDatabase.source(named.get()), clock));
            } catch (CannotStartException e) {
                findings.add(
                        Finding.broken(
                                "database",
                                String.valueOf(e.getMessage()),
                                "check DYNO_DATABASE_URL, DYNO_DATABASE_USER and DYNO_DATABASE_PASSWORD, and that the server runs"));
            }
        } else if (running.isPresent()) {
            findings.add(Finding.fine("database", "the embedded server of the service that runs answers"));
            findings.add(clocks(running.get(), clock));
        } else {
            findings.add(embedded());
        }
        findings.add(running.isPresent() ? Finding.fine("port", "a service runs on this folder") : port(environment));
        return findings;
    }

    /// PostgreSQL refuses to run as root; a user namespace is the way around.
    private static Finding embedded() {
        var found = "the embedded server will be used";
        try {
            boolean isRoot = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
            if (!isRoot) {
                return Finding.fine("database", found);
            }
            var probe = new ProcessBuilder("unshare", "--user", "--", "true")
                    .redirectErrorStream(true)
                    .start();
            probe.getInputStream().readAllBytes();
            if (probe.waitFor() == 0) {
                return Finding.fine("database", found + ", in a user namespace since this is root");
            }
        } catch (IOException e) {
            return Finding.broken("database", "this is root, and there is no unshare: " + e, asAnotherUser());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Finding.broken("database", "this is root, which may not make a user namespace here", asAnotherUser());
    }

    private static String asAnotherUser() {
        return "start Dyno as another user, or name a server by DYNO_DATABASE_URL";
    }

    private static Finding clocks(DataSource database, InstantSource clock) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var now = statement.executeQuery("SELECT clock_timestamp()")) {
            now.next();
            return clocks(
                    Duration.between(now.getObject(1, OffsetDateTime.class).toInstant(), clock.instant())
                            .abs());
        } catch (SQLException e) {
            return Finding.broken("clock", "the database does not tell the time: " + e.getMessage(), "see database");
        }
    }

    static Finding clocks(Duration apart) {
        var fact = "%.3f s from the database's".formatted(apart.toMillis() / 1e3);
        return apart.compareTo(CLOCKS_MAY_DIFFER) <= 0
                ? Finding.fine("clock", fact)
                : Finding.attention("clock", fact, "let NTP set both clocks: times of jobs and runs come from ours");
    }

    private static Finding port(Map<String, String> environment) {
        var text = environment.getOrDefault("DYNO_PORT", "").strip();
        try {
            int port = text.isEmpty() ? DEFAULT_PORT : Integer.parseInt(text);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return Finding.fine("port", "%d is free".formatted(socket.getLocalPort()));
            }
        } catch (IOException | IllegalArgumentException e) {
            return Finding.broken(
                    "port",
                    "%s cannot be had: %s".formatted(text.isEmpty() ? DEFAULT_PORT : text, e.getMessage()),
                    "choose another with --port or DYNO_PORT");
        }
    }
}
