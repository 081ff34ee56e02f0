package dyno.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A service that lives for a command's duration: a child process on a free port of the loopback.
///
/// ```text
/// client ──pipe──▶ sh ──▶ java … serve
///                  └── sh, reads the pipe; its end is the service's: SIGTERM
/// ```
///
/// The pipe ends when the client closes it or dies, be it by SIGKILL, so that no service stays behind. Where there is a
/// `setsid`, they run in a session of their own, so that Ctrl-C reaches the client alone: it has jobs to cancel
/// before the service stops, which would put them back into the queue. Without one the shell has the signal ignored.
///
/// Safe for any number of threads.
final class OwnService implements AutoCloseable {

    private static final String WATCH = """
            trap '' INT HUP
            exec 3<&0 </dev/null
            "$@" 3<&- &
            service=$!
            {
              while read -r line; do :; done
              kill "$service" 2>/dev/null
            } <&3 &
            reader=$!
            exec 3<&-
            wait "$service"
            status=$?
            kill "$reader" 2>/dev/null
            exit "$status"
            """;

    /// The first start on a folder unpacks PostgreSQL and makes its cluster, about 10 s on an idle machine; recovery
    /// after a crash may take minutes. A service that gives up ends, and that is noticed at once.
    static final Duration START_LIMIT = Duration.ofMinutes(5);

    /// A stop ends a fork, stores what there is and lets PostgreSQL write a checkpoint.
    private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

    private static final long LOOK_AFTER_MILLIS = 100;

    private final Process watcher;
    private final ServiceLog log;

    private OwnService(Process watcher, ServiceLog log) {
        this.watcher = watcher;
        this.log = log;
    }

    /// Starts a service; it is not ready yet.
    ///
    /// @param launch the command line without arguments
    /// @param data   its data folder, made where it is missing
    /// @throws CannotStartException where the folder cannot be written or there is no shell
    static OwnService start(List<String> launch, Path data) {
        try {
            Files.createDirectories(data);
            var log = ServiceLog.in(data);
            var builder = new ProcessBuilder(command(launch, data));
            // It would take the address that another service's management listens on.
            builder.environment().remove("DYNO_MANAGEMENT_PORT");
            // It is there for one command; the night's suite must not come in between.
            builder.environment().put("DYNO_TIMETABLE_ENABLED", "false");
            // It listens on the loopback for this command alone, and nobody could have made a key for it.
            builder.environment().remove("DYNO_AUTH");
            builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
            return new OwnService(builder.start(), log);
        } catch (IOException e) {
            throw new CannotStartException("The service cannot be started on " + data + ": " + e.getMessage());
        }
    }

    private static List<String> command(List<String> launch, Path data) {
        var command = new ArrayList<String>();
        if (isOnPath("setsid")) {
            command.add("setsid");
        }
        command.addAll(List.of("sh", "-c", WATCH, "dyno-service"));
        command.addAll(launch);
        command.addAll(List.of("serve", "--port", "0", "--bind", "127.0.0.1", "--data", data.toString()));
        return command;
    }

    private static boolean isOnPath(String program) {
        var path = System.getenv("PATH");
        return path != null
                && Arrays.stream(path.split(File.pathSeparator))
                        .filter(folder -> !folder.isEmpty())
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /// Waits until it answers requests that need the database.
    ///
    /// @return its address
    /// @throws CannotStartException where it ends or is not ready within `limit`; it is stopped then
    URI awaitReady(Path data, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline) {
            if (watcher.waitFor(LOOK_AFTER_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new CannotStartException("The service ended while it started, with status %d:\n%s"
                        .formatted(watcher.exitValue(), lastLines()));
            }
            var file = ServiceFile.read(data).filter(this::isOurs);
            if (file.isPresent() && Liveness.isReady(file.get().base())) {
                return file.get().base();
            }
        }
        String lines = lastLines();
        close();
        throw new CannotStartException(
                "The service was not ready within %d s:\n%s".formatted(limit.toSeconds(), lines));
    }

    /// @param patience for an end that has only shown in broken connections so far
    /// @throws LostServiceException where it has ended
    void requireAlive(Duration patience) throws InterruptedException {
        if (watcher.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new LostServiceException(
                    "The service ended, with status %d:\n%s".formatted(watcher.exitValue(), lastLines()));
        }
    }

    /// Stops it and waits for its end. Once is enough; more do no harm.
    ///
    /// @throws LostServiceException where it had to be killed
    @Override
    public void close() {
        try {
            watcher.getOutputStream().close();
            if (!watcher.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                watcher.descendants().forEach(ProcessHandle::destroyForcibly);
                watcher.destroyForcibly();
                throw new LostServiceException("The service did not stop within %d s and was killed:\n%s"
                        .formatted(STOP_LIMIT.toSeconds(), lastLines()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            // The pipe is closed, so the service stops without being waited for.
            Thread.currentThread().interrupt();
        }
    }

    /// A file that a service left behind names another process than those that were started here.
    private boolean isOurs(ServiceFile file) {
        return watcher.descendants().anyMatch(process -> process.pid() == file.pid());
    }

    private String lastLines() {
        try {
            return log.lastLines();
        } catch (IOException e) {
            return "  (" + log.file() + " cannot be read: " + e.getMessage() + ")";
        }
    }
}
