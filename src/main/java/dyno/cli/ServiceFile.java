package dyno.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// What a service says of itself in its data folder's `service.json`.
///
/// @param pid  of its JVM
/// @param port it listens on
record ServiceFile(long pid, int port) {

    static final String NAME = "service.json";

    /// @return empty where there is no such file, or none that is complete: a service that starts is about to
    ///         write it
    /// @throws CannotStartException where it cannot be read
    static Optional<ServiceFile> read(Path data) {
        try {
            var tree = Json.parse(Files.readString(data.resolve(NAME)));
            long pid = tree.path("pid").longValue(0);
            int port = tree.path("port").intValue(0);
            return pid > 0 && port > 0 ? Optional.of(new ServiceFile(pid, port)) : Optional.empty();
        } catch (NoSuchFileException | JacksonException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new CannotStartException("%s cannot be read: %s".formatted(data.resolve(NAME), e.getMessage()));
        }
    }

    /// Where a client on this machine reaches it.
    URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Whether the process lives. The file of a service that was killed stays behind, and its port may be
    /// somebody else's by now.
    boolean isOfALivingProcess() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
