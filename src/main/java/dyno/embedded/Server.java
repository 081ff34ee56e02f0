package dyno.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A running server with its watcher. Safe for any number of threads.
///
/// ```text
/// JVM ──pipe──▶ sh (watcher) ──▶ postgres
///                └── sh, reads the pipe; its end is the JVM's: SIGINT to postgres
/// ```
///
/// The pipe ends when the JVM closes it or dies, be it by SIGKILL. Where the server dies by itself the watcher
/// ends with its status. The signal is repeated, since a server that has just begun does not hear it yet. Both run in a
/// session of their own, so that Ctrl-C reaches the JVM alone, which stops
/// the server last.
record Server(Process watcher, int port, Path log) {

    private static final String WATCH = """
            exec 3<&0 </dev/null
            "$@" 3<&- &
            server=$!
            {
              while read -r line; do :; done
              while kill -INT "$server" 2>/dev/null; do sleep 1; done
            } <&3 &
            reader=$!
            exec 3<&-
            wait "$server"
            status=$?
            kill "$reader" 2>/dev/null
            exit "$status"
            """;

    /// A stop writes out what is dirty in 128 MiB of shared buffers.
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    /// @param port to listen on
    static Server launch(Binaries binaries, Cluster cluster, Account account, Path log, int port) throws IOException {
        var command = new ArrayList<String>();
        SearchPath.current().find("setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.addAll(List.of("sh", "-c", WATCH, "dyno-postgres"));
        command.addAll(account.command(List.of(
                binaries.program("postgres").toString(),
                "-D",
                cluster.directory().toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "port=" + port,
                "-c",
                "unix_socket_directories=")));
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        var process = ServerProcess.of(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Server(process, port, log);
    }

    /// Waits for its end.
    ///
    /// @return whether it ended within the time
    boolean endsWithin(Duration time) throws InterruptedException {
        return watcher.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Ends every connection, writes a checkpoint and waits for the end.
    ///
    /// @throws EmbeddedPostgresException where the server has not ended within a minute; it goes on ending then
    void stop() throws IOException, InterruptedException {
        watcher.getOutputStream().close();
        if (!endsWithin(STOP_LIMIT)) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL did not stop within %d s, see %s".formatted(STOP_LIMIT.toSeconds(), log));
        }
    }

    /// Tells it to end, without waiting for that.
    void giveUp() throws IOException {
        watcher.getOutputStream().close();
    }

    /// The last thing that it said was wrong.
    String complaint() throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("FATAL:") || line.contains("PANIC:") || !line.contains("LOG:"))
                    .reduce("see " + log, (first, last) -> last);
        }
    }

    /// A port that nobody listens on just now.
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
