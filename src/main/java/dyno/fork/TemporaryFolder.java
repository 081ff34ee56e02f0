package dyno.fork;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Where a forked JVM runs, and its libraries unpack their native code. Gone with the fork, so that killed ones
/// leave nothing in the system's folder for temporary files.
record TemporaryFolder(Path path) implements AutoCloseable {

    private static final Logger LOG = System.getLogger(TemporaryFolder.class.getName());

    /// Next to the scratch folder, which has to be empty for the engine, and so gone with the job's at the latest.
    static TemporaryFolder beside(Path scratch) throws IOException {
        var absolute = scratch.toAbsolutePath();
        return new TemporaryFolder(Files.createTempDirectory(absolute.getParent(), absolute.getFileName() + ".jvm-"));
    }

    @Override
    public void close() {
        try {
            delete();
        } catch (IOException e) {
            // The fork has its result; the job's folder, of which this is a part, is cleared in any case.
            LOG.log(Level.WARNING, "a fork's temporary folder is left behind: {0}", e.toString());
        }
    }

    private void delete() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
