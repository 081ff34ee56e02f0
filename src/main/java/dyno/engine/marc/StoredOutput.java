package dyno.engine.marc;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Output in a file. The first part goes straight to its place, the others into files beside it that are
/// copied behind one another in the end. What was not finished is deleted.
final class StoredOutput extends FileOutput {

    /// A file system that has less than this left is called full.
    private static final long FULL_BYTES = 1 << 20;

    private final Path path;
    private final byte[] header;
    private final Map<Integer, FileChannel> parts = new ConcurrentHashMap<>();
    private final AtomicLong writeNanos = new AtomicLong();
    private boolean isFinished;
    private boolean headerIsWritten;

    /// @param path   where the output stands once it is finished
    /// @param header what will stand first; written ahead of the first part
    StoredOutput(Path path, byte[] header) {
        this.path = path;
        this.header = header;
    }

    Path path() {
        return path;
    }

    /// Somebody else wrote the file, as a whole.
    void take() {
        isFinished = true;
    }

    @Override
    OutputSink part(int number) throws IOException {
        closePart(number);
        var channel = FileChannel.open(
                partPath(number),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        parts.put(number, channel);
        if (number == 0) {
            write(channel, header, header.length);
        }
        return (bytes, count) -> write(channel, bytes, count);
    }

    @Override
    void append(byte[] literal) throws IOException {
        if (!headerIsWritten && header.length > 0) {
            // The first literal is the header, which stands there since the first part began.
            headerIsWritten = true;
            first();
            return;
        }
        write(first(), literal, literal.length);
    }

    @Override
    void append(int part, long partBytes) throws IOException {
        if (part == 0) {
            return;
        }
        var watch = new Stopwatch();
        var source = channel(part);
        var target = first();
        try {
            source.position(0);
            long left = partBytes;
            while (left > 0) {
                long copied = source.transferTo(partBytes - left, left, target);
                if (copied <= 0) {
                    throw new IOException("Part %d of %s ends %d bytes early".formatted(part, path, left));
                }
                left -= copied;
            }
        } catch (IOException e) {
            throw explained(e);
        }
        writeNanos.addAndGet(watch.nanos());
    }

    @Override
    void finish() throws IOException {
        first();
        isFinished = true;
        close();
    }

    @Override
    long writeNanos() {
        return writeNanos.get();
    }

    @Override
    public void close() throws IOException {
        for (int number : parts.keySet()) {
            closePart(number);
            if (number > 0) {
                Files.deleteIfExists(partPath(number));
            }
        }
        if (!isFinished) {
            // Whoever began it: a child process that was killed has no part here.
            Files.deleteIfExists(path);
        }
    }

    private void write(FileChannel channel, byte[] bytes, int count) throws IOException {
        var watch = new Stopwatch();
        var buffer = ByteBuffer.wrap(bytes, 0, count);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw explained(e);
        }
        writeNanos.addAndGet(watch.nanos());
    }

    /// A full disk gets its own name; the JDK tells it by words alone, which depend on the system's language.
    private IOException explained(IOException e) {
        try {
            FileStore store = Files.getFileStore(path.toAbsolutePath().getParent());
            if (store.getUsableSpace() < FULL_BYTES) {
                throw new EngineException(
                        FailureCode.DISK_FULL,
                        "No space is left for %s: %d bytes of %d"
                                .formatted(path.getFileName(), store.getUsableSpace(), store.getTotalSpace()),
                        e);
            }
        } catch (IOException other) {
            e.addSuppressed(other);
        }
        return e;
    }

    private FileChannel first() throws IOException {
        if (!parts.containsKey(0)) {
            part(0);
        }
        return channel(0);
    }

    private FileChannel channel(int part) {
        var channel = parts.get(part);
        if (channel == null) {
            throw new IllegalStateException("Part %d of %s was never started".formatted(part, path));
        }
        return channel;
    }

    private void closePart(int number) throws IOException {
        var channel = parts.remove(number);
        if (channel != null) {
            channel.close();
        }
    }

    private Path partPath(int number) {
        return number == 0 ? path : path.resolveSibling(path.getFileName() + ".part" + number);
    }
}
