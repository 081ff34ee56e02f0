package dyno;

import dyno.embedded.EmbeddedPostgres;
import dyno.embedded.EmbeddedPostgresException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/// The embedded server, started beside Spring instead of within its start: the two take about as long.
///
/// Safe for any number of threads.
final class EarlyDatabase {

    private final FutureTask<EmbeddedPostgres> starting;
    private volatile boolean isTaken;

    private EarlyDatabase(FutureTask<EmbeddedPostgres> starting) {
        this.starting = starting;
    }

    /// Begins to start a server in a thread of its own.
    ///
    /// @param data the service's data folder
    static EarlyDatabase begin(Path data) {
        var starting = new FutureTask<>(() -> start(data));
        Thread.ofPlatform().name("dyno-postgres").daemon().start(starting);
        return new EarlyDatabase(starting);
    }

    static EmbeddedPostgres start(Path data) {
        return EmbeddedPostgres.start(data.resolve("postgres"));
    }

    /// The server once it takes connections; whoever asks closes it.
    ///
    /// @throws EmbeddedPostgresException where it cannot start
    EmbeddedPostgres await() {
        isTaken = true;
        try {
            return starting.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EmbeddedPostgresException cause) {
                throw cause;
            }
            throw new IllegalStateException("PostgreSQL's start failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("PostgreSQL's start was interrupted", e);
        }
    }

    /// Stops a server that nobody asked for; one that is still starting ends with this JVM.
    void abandon() {
        if (!isTaken && starting.state() == Future.State.SUCCESS) {
            starting.resultNow().close();
        }
    }
}
