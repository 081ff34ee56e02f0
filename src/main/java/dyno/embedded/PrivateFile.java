package dyno.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A file that its owner alone may read: mode 0600 from its first byte on.
final class PrivateFile {

    private PrivateFile() {}

    /// Writes beside `file` and renames, so that readers see the old content or the new one.
    static void write(Path file, String content) throws IOException {
        var staging = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(staging);
        try (var channel = Files.newByteChannel(
                staging,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            var bytes = ByteBuffer.wrap(content.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        Files.move(staging, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
