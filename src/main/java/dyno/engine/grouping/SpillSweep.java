package dyno.engine.grouping;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/// Removes spills that nobody came back for. Stateless.
final class SpillSweep {

    /// As long as kept outputs.
    private static final Duration KEPT = Duration.ofHours(24);

    private SpillSweep() {}

    /// Removes the spills that were last opened more than a day before `now` and that nobody has open.
    ///
    /// @param now by the file system's clock
    static void sweep(Path cache, Instant now) throws IOException {
        if (!Files.isDirectory(cache)) {
            return;
        }
        try (var spills = Files.newDirectoryStream(cache, SpillFolder.NAMES)) {
            for (var spill : spills) {
                if (isAbandoned(spill, now)) {
                    MadeFiles.delete(spill);
                }
            }
        }
    }

    private static boolean isAbandoned(Path spill, Instant now) throws IOException {
        var file = spill.resolve(SpillFolder.LOCK);
        if (!Files.exists(file)) {
            // Between its folder and its lock, or half deleted.
            return Files.getLastModifiedTime(spill).toInstant().isBefore(now.minus(KEPT));
        }
        if (!Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(KEPT))) {
            return false;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
