package dyno.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.util.FileSystemUtils;

/// Where files of datasets lie.
///
/// ```text
/// datasets/<uuid>/file …          settled: a committed row says so
/// datasets/pending/<uuid>/file …  a row says so only if the transaction that is under way, or was, came through
/// datasets/pending/<uuid>.upload/ what is arriving, and what is made of it
/// ```
///
/// Whatever a change of a row leaves in doubt lies below `pending` while it is: before the commit a new folder is not
/// out of it yet, and an old one is in it again. So a process may die at any point, and [#sweep] knows what to do;
/// settled folders are never looked at. A folder's files never change. Safe for any number of threads.
final class DatasetFolders {

    private static final String UPLOAD = ".upload";

    private final Path root;
    private final Path pending;

    DatasetFolders(Path root) throws IOException {
        this.root = root;
        this.pending = Files.createDirectories(root.resolve("pending"));
    }

    /// An empty folder for one upload.
    Path startUpload() throws IOException {
        return Files.createDirectory(pending.resolve(UUID.randomUUID() + UPLOAD));
    }

    /// An empty folder for a dataset's files, pending.
    Path create(UUID folder) throws IOException {
        return Files.createDirectory(pending.resolve(folder.toString()));
    }

    /// Where a folder that a row names is.
    Path find(UUID folder) {
        var settled = settled(folder);
        var inDoubt = pending(folder);
        return !Files.exists(settled) && Files.exists(inDoubt) ? inDoubt : settled;
    }

    /// Puts a folder that a row names in its place, if it is not there.
    void settle(UUID folder) {
        if (Files.exists(pending(folder))) {
            move(pending(folder), settled(folder));
        }
    }

    /// Calls a folder in doubt, so that nothing of it stays should its row go.
    void withdraw(UUID folder) {
        if (Files.exists(settled(folder))) {
            move(settled(folder), pending(folder));
        }
    }

    /// Removes a folder that no row names, nor will.
    void remove(UUID folder) {
        try {
            FileSystemUtils.deleteRecursively(pending(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Settles and removes what an earlier life left in doubt.
    ///
    /// @param isNamed whether a row names the folder
    void sweep(Predicate<UUID> isNamed) throws IOException {
        try (var leftovers = Files.newDirectoryStream(pending)) {
            for (var leftover : leftovers) {
                var name = String.valueOf(leftover.getFileName());
                if (!name.endsWith(UPLOAD) && isNamed.test(UUID.fromString(name))) {
                    settle(UUID.fromString(name));
                } else {
                    FileSystemUtils.deleteRecursively(leftover);
                }
            }
        }
    }

    /// Makes a folder's list of files outlive a loss of power; its files have to be written through already.
    static void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            force(root);
            force(pending);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path settled(UUID folder) {
        return root.resolve(folder.toString());
    }

    private Path pending(UUID folder) {
        return pending.resolve(folder.toString());
    }
}
