package dyno.support;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/// Folders of this test JVM below `target`. They stay when it ends, to be looked at, and are removed by the next one.
public final class TestFolders {

    private static final Path ROOT = root();

    private TestFolders() {}

    /// An empty folder.
    ///
    /// @param name what its own name begins with
    public static Path fresh(String name) {
        try {
            return Files.createTempDirectory(ROOT, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where the programs of the embedded server are kept from one test run to the next.
    public static Path programs() {
        return ROOT.getParent().resolveSibling("postgres-programs");
    }

    private static Path root() {
        try {
            var all = Files.createDirectories(Path.of("target", "test-folders")).toRealPath();
            // Surefire starts two test JVMs at once, and each clears up.
            try (var channel = FileChannel.open(all.resolveSibling("test-folders.lock"), CREATE, WRITE);
                    var _ = channel.lock();
                    var earlier = Files.newDirectoryStream(all)) {
                for (var folder : earlier) {
                    // Another test JVM may be running beside this one.
                    if (ProcessHandle.of(Long.parseLong(folder.getFileName().toString()))
                            .isEmpty()) {
                        SmallDisk.unmountBelow(folder);
                        FileSystemUtils.deleteRecursively(folder);
                    }
                }
            }
            return Files.createDirectories(
                    all.resolve(Long.toString(ProcessHandle.current().pid())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
