package dyno.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Bounds what folders take together: those that were used longest ago go. Stateless.
final class OldestFirst {

    private static final Logger LOG = LoggerFactory.getLogger(OldestFirst.class);

    /// @param bytes of its files
    record Folder(Path path, Instant usedAt, long bytes) {

        static Folder of(Path path, Instant usedAt) throws IOException {
            try (var paths = Files.walk(path)) {
                long bytes = paths.filter(Files::isRegularFile)
                        .mapToLong(file -> file.toFile().length())
                        .sum();
                return new Folder(path, usedAt, bytes);
            }
        }
    }

    /// What names of folders that are not whole begin with.
    static final String HALF = ".half-";

    private OldestFirst() {}

    static void bound(List<Folder> folders, long maxBytes) throws IOException {
        long total = folders.stream().mapToLong(Folder::bytes).sum();
        var oldestFirst =
                folders.stream().sorted(Comparator.comparing(Folder::usedAt)).toList();
        for (var folder : oldestFirst) {
            if (total <= maxBytes) {
                return;
            }
            remove(folder.path());
            total -= folder.bytes();
            LOG.info("{}, {} bytes, is not kept any more", folder.path(), folder.bytes());
        }
    }

    /// By one step, so that what is left where the service is killed meanwhile is not taken for the whole.
    private static void remove(Path folder) throws IOException {
        var half = folder.resolveSibling(HALF + folder.getFileName());
        Scratch.delete(half);
        Files.move(folder, half, StandardCopyOption.ATOMIC_MOVE);
        Scratch.delete(half);
    }
}
