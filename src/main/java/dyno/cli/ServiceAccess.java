package dyno.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The service that a command talks to; one of its own is stopped when this is closed.
///
/// @param base where it is
/// @param key  shown with every request (`DYNO_KEY`); empty where there is none
/// @param own  null where it runs anyway
record ServiceAccess(URI base, String key, @Nullable OwnService own) implements AutoCloseable {

    /// The service that was named, or that runs on the data folder.
    ///
    /// @throws CannotStartException where none was named and none runs
    static ServiceAccess toRunning(ServiceOptions options, Session session) throws InterruptedException {
        var running = running(options, session);
        if (running.isEmpty()) {
            throw new CannotStartException(
                    "No service runs on %s; start one with ./dyno serve, or name one with --server URL."
                            .formatted(options.data(session.environment())));
        }
        return new ServiceAccess(running.get(), key(session), null);
    }

    /// Like [#toRunning], but starts one where none was named and none runs.
    static ServiceAccess orStart(ServiceOptions options, Session session) throws InterruptedException {
        var running = running(options, session);
        return running.isPresent()
                ? new ServiceAccess(running.get(), key(session), null)
                : start(options.data(session.environment()), session);
    }

    /// @param patience for an end that has only shown in broken connections so far
    /// @throws LostServiceException where it is our own and has ended
    void requireAlive(Duration patience) throws InterruptedException {
        if (own != null) {
            own.requireAlive(patience);
        }
    }

    /// A client of it; the caller closes it.
    Api api() {
        return new Api(base, key);
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }

    private static Optional<URI> running(ServiceOptions options, Session session) throws InterruptedException {
        var named = options.server(session.environment());
        if (named.isPresent()) {
            return named;
        }
        var file = ServiceFile.read(options.data(session.environment()));
        return file.isPresent()
                        && file.get().isOfALivingProcess()
                        && Liveness.isAlive(file.get().base())
                ? Optional.of(file.get().base())
                : Optional.empty();
    }

    /// Never on a command line, which everybody on the machine may read.
    private static String key(Session session) {
        return session.environment().getOrDefault("DYNO_KEY", "").strip();
    }

    private static ServiceAccess start(Path data, Session session) throws InterruptedException {
        session.terminal().err().println("Starting a service on " + data + " (log: " + data + "/logs/service.log)");
        var service = OwnService.start(session.launch().get(), data);
        try {
            return new ServiceAccess(service.awaitReady(data, OwnService.START_LIMIT), "", service);
        } catch (InterruptedException e) {
            service.close();
            throw e;
        }
    }
}
