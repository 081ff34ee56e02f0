package dyno.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file system of some MiB, in memory, that a test can fill to the last block. Mounting it takes root.
///
/// Used by one thread at a time.
public final class SmallDisk implements AutoCloseable {

    private static final String NAME = "dyno-test";
    private static final int BLOCK_BYTES = 1 << 20;

    private final Path folder;
    private final Path filler;

    private SmallDisk(Path folder) {
        this.folder = folder;
        this.filler = folder.resolve("filler");
    }

    /// @param folder where it is mounted; is made
    public static SmallDisk mount(Path folder, int mebibytes) throws IOException {
        Files.createDirectories(folder);
        run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", NAME, folder.toString());
        return new SmallDisk(folder);
    }

    /// Unmounts what a test left that was killed.
    static void unmountBelow(Path folder) throws IOException {
        for (var mount : Files.readAllLines(Path.of("/proc/self/mounts"))) {
            var place = mount.split(" ")[1];
            if (mount.startsWith(NAME + " ") && place.startsWith(folder + "/")) {
                run("umount", place);
            }
        }
    }

    public Path folder() {
        return folder;
    }

    /// Leaves no byte of room.
    public void fill() throws IOException {
        try (var channel = FileChannel.open(filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int size = BLOCK_BYTES; size > 0; size /= 2) {
                while (wrote(channel, size)) {
                    // As many of that size as there is room for.
                }
            }
        }
    }

    private static boolean wrote(FileChannel channel, int bytes) throws IOException {
        try {
            return channel.write(ByteBuffer.allocate(bytes)) == bytes;
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
            return false;
        }
    }

    public void free() throws IOException {
        Files.deleteIfExists(filler);
    }

    @Override
    public void close() throws IOException {
        run("umount", folder.toString());
    }

    private static void run(String... command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            var said = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor())
                    .as("%s: %s", String.join(" ", command), said)
                    .isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
