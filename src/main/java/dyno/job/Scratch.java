package dyno.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The scratch folder of one job, gone with it.
final class Scratch implements AutoCloseable {

    private final Path folder;

    private Scratch(Path folder) {
        this.folder = folder;
    }

    static Scratch of(Path root, UUID job) throws IOException {
        return new Scratch(Files.createDirectories(root.resolve(job.toString())));
    }

    /// An empty folder for one fork.
    Path fork(int caseIndex, int fork) {
        try {
            return Files.createDirectory(folder.resolve("case" + caseIndex + "-fork" + fork));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes what a fork left.
    static void empty(Path forkFolder) {
        try {
            delete(forkFolder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        delete(folder);
    }

    /// Removes what jobs of an earlier life left.
    static void sweep(Path root) throws IOException {
        Files.createDirectories(root);
        try (var leftovers = Files.newDirectoryStream(root)) {
            for (var leftover : leftovers) {
                delete(leftover);
            }
        }
    }

    /// Links are removed and not followed. A process that is being killed may still add or remove files; whoever
    /// removes a file first is fine.
    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
