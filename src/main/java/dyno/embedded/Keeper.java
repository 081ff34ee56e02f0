package dyno.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a server running: starts it again, at the same port, where it ends by itself, as after the
/// kernel's out-of-memory killer. Safe for any number of threads.
final class Keeper {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    /// Processes of the one before are at their end for some tenths of a second, and must be gone.
    private static final Duration FIRST_DELAY = Duration.ofMillis(250);

    /// However often it fails, somebody may mend it: a full disk, a port that was taken.
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

    /// A server that lives this long is well, and what ends it is another matter.
    private static final Duration WELL = Duration.ofMinutes(1);

    /// Starts a server and waits until it takes connections.
    interface Restart {

        /// @throws EmbeddedPostgresException where it ends instead
        Server start() throws IOException, InterruptedException;
    }

    private final Restart restart;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile Server server;

    private Keeper(Server server, Restart restart) {
        this.server = server;
        this.restart = restart;
        this.thread = Thread.ofPlatform().name("dyno-postgres-keeper").daemon().unstarted(this::keep);
    }

    /// @param server that runs
    static Keeper of(Server server, Restart restart) {
        var keeper = new Keeper(server, restart);
        keeper.thread.start();
        return keeper;
    }

    /// Ends the server for good.
    ///
    /// @throws EmbeddedPostgresException where it has not ended within a minute
    void stop() throws IOException, InterruptedException {
        stopping.countDown();
        // A start that is under way is given up, and its server told to end.
        thread.interrupt();
        thread.join();
        server.stop();
    }

    private void keep() {
        try {
            var delay = FIRST_DELAY;
            while (true) {
                if (!server.endsWithin(WELL)) {
                    delay = FIRST_DELAY;
                } else if (isStopping(delay)) {
                    return;
                } else {
                    delay = doubled(delay);
                    again(delay);
                }
            }
        } catch (InterruptedException e) {
            // Only stop() interrupts this thread.
            Thread.currentThread().interrupt();
        }
    }

    private void again(Duration delayAfterFailure) throws InterruptedException {
        LOG.warn(
                "PostgreSQL ended with status {} and is started again",
                server.watcher().exitValue());
        try {
            server = restart.start();
            LOG.info("PostgreSQL runs again");
        } catch (IOException | EmbeddedPostgresException e) {
            LOG.error("PostgreSQL does not start, next try in {} ms: {}", delayAfterFailure.toMillis(), e.getMessage());
        }
    }

    private boolean isStopping(Duration delay) throws InterruptedException {
        return stopping.await(delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Duration doubled(Duration delay) {
        var twice = delay.multipliedBy(2);
        return twice.compareTo(LONGEST_DELAY) < 0 ? twice : LONGEST_DELAY;
    }
}
