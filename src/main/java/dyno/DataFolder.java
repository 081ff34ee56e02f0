package dyno;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The folder that a service keeps everything in, held for as long as this process lives.
///
/// The lock file says *that* it is held, by a lock which the kernel drops with the process; `service.json` says
/// by whom, to clients as well.
record DataFolder(Path path, FileChannel lock) {

    private static final List<String> PARTS =
            List.of("postgres", "datasets", "cache", "scratch", "outputs", "spool", "logs");

    /// Who runs on a folder.
    record Service(long pid, int port, Instant started) {}

    /// Makes the folder with its parts where they are missing, and takes it.
    ///
    /// @throws CannotStartException where another service has it, or it cannot be written to
    static DataFolder take(Path folder) {
        try {
            var path = Files.createDirectories(folder).toRealPath();
            var lock = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                lock.close();
                throw new CannotStartException("%s; choose another folder with --data".formatted(holder(path)));
            }
            for (var part : PARTS) {
                Files.createDirectories(path.resolve(part));
            }
            // A service that was killed left its own.
            Files.deleteIfExists(serviceFile(path));
            return new DataFolder(path, lock);
        } catch (IOException e) {
            throw new CannotStartException("The data folder %s cannot be used: %s".formatted(folder, e), e);
        }
    }

    void announce(Service service) {
        var staging = path.resolve("service.json.new");
        try {
            Files.write(staging, JsonMapper.shared().writeValueAsBytes(service));
            Files.move(staging, serviceFile(path), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void withdraw() {
        try {
            Files.deleteIfExists(serviceFile(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path serviceFile(Path folder) {
        return folder.resolve("service.json");
    }

    private static String holder(Path folder) throws IOException {
        var file = serviceFile(folder);
        if (!Files.exists(file)) {
            return "The data folder %s is held by a service that is starting or stopping".formatted(folder);
        }
        try {
            var service = JsonMapper.shared().readValue(Files.readString(file, UTF_8), Service.class);
            return "The data folder %s is held by the service with pid %d on port %d"
                    .formatted(folder, service.pid(), service.port());
        } catch (JacksonException e) {
            throw new IOException(file + " is not what a service writes", e);
        }
    }
}
