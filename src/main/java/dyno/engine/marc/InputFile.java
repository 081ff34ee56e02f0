package dyno.engine.marc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One file of the input: in memory, or on disk and read anew each time. Immutable, safe for any number of
/// threads.
final class InputFile {

    private final String name;
    private final long sizeBytes;
    private final byte @Nullable [] bytes;
    private final @Nullable Path path;

    private InputFile(String name, long sizeBytes, byte @Nullable [] bytes, @Nullable Path path) {
        this.name = name;
        this.sizeBytes = sizeBytes;
        this.bytes = bytes;
        this.path = path;
    }

    /// What errors call it.
    String name() {
        return name;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /// All of it where it is in memory, else null. Not to be changed.
    byte @Nullable [] bytes() {
        return bytes;
    }

    static InputFile inMemory(String name, byte[] bytes) {
        return new InputFile(name, bytes.length, bytes, null);
    }

    static InputFile onDisk(String name, Path path) throws IOException {
        return new InputFile(name, Files.size(path), null, path);
    }

    /// The file on disk.
    ///
    /// @throws NullPointerException where it is in memory
    Path requirePath() {
        return Objects.requireNonNull(path, "the file is in memory");
    }

    /// Makes it readable until the result is closed.
    Opened open() throws IOException {
        return new Opened(this, bytes == null ? FileChannel.open(requirePath(), StandardOpenOption.READ) : null);
    }

    /// A stream of its bytes, for readers that take nothing else.
    InputStream stream() throws IOException {
        return bytes == null ? Files.newInputStream(requirePath()) : new ByteArrayInputStream(bytes);
    }

    /// A file that any number of threads may read, by windows of their own.
    record Opened(InputFile file, @Nullable FileChannel channel) implements AutoCloseable {

        void attach(Window window) {
            if (channel != null) {
                window.attach(channel, file.sizeBytes);
            } else {
                window.attach(Objects.requireNonNull(file.bytes));
            }
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
            }
        }
    }
}
