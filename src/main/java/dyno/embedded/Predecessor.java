package dyno.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The server of an earlier start on the same cluster, which may still be at its end when the next one comes.
///
/// Whoever asks holds the folder's lock: the JVM that started the predecessor is gone.
final class Predecessor {

    /// Its watcher tells it to stop as soon as the JVM is gone; a server without one is told by us after this.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// A stop writes out every dirty page of 128 MiB at most; slow disks do that in seconds.
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Predecessor() {}

    /// Returns once no server runs on `cluster`.
    ///
    /// @throws EmbeddedPostgresException where one does not end within a minute
    static void awaitEnd(Path cluster) throws IOException, InterruptedException {
        var pidFile = cluster.resolve("postmaster.pid");
        var pid = pidIn(pidFile);
        if (pid.isEmpty()) {
            return;
        }
        var process = ProcessHandle.of(pid.get());
        if (process.isEmpty()) {
            return;
        }
        if (!worksIn(cluster, process.get())) {
            // The number was given to another process since, as happens at once in a restarted container.
            // PostgreSQL would take that one for its predecessor and refuse to start.
            Files.deleteIfExists(pidFile);
            return;
        }
        if (endsWithin(PATIENCE, process.get())) {
            return;
        }
        interrupt(process.get());
        if (!endsWithin(LIMIT, process.get())) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL of an earlier start (pid %d) still runs on %s and does not stop"
                            .formatted(pid.get(), cluster));
        }
    }

    private static Optional<Long> pidIn(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        // A crash may leave the file empty.
        return Files.readAllLines(pidFile).stream()
                .findFirst()
                .filter(line -> line.matches("\\d{1,10}"))
                .map(Long::valueOf);
    }

    /// The server's working directory is its cluster. Where the link cannot be read the process is another
    /// user's, and a cluster's server is its owner's.
    private static boolean worksIn(Path cluster, ProcessHandle process) throws IOException {
        var workingDirectory = Path.of("/proc", Long.toString(process.pid()), "cwd");
        return Files.isReadable(workingDirectory) && Files.isSameFile(workingDirectory, cluster);
    }

    private static boolean endsWithin(Duration limit, ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Waiting for process " + process.pid() + " failed", e);
        }
    }

    /// SIGINT is PostgreSQL's fast shutdown; [ProcessHandle#destroy] would send SIGTERM, which waits for clients.
    private static void interrupt(ProcessHandle process) throws IOException, InterruptedException {
        ServerProcess.of(List.of("sh", "-c", "kill -INT " + process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }
}
