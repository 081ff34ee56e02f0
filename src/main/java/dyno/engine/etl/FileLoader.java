package dyno.engine.etl;

import dyno.engine.FailureCode;
import dyno.engine.FullDisk;
import dyno.engine.etl.LoadException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// One worker's file. A batch is appended as a whole: what an attempt left that did not end well is cut off by the
/// next one.
final class FileLoader implements Sink.Loader {

    static final String PART = ".part";

    private final Path file;
    private final Path part;
    private final LineBuffer lines = new LineBuffer(64 * 1024);
    private @Nullable FileChannel channel;

    /// Length of what was loaded; more than that in the file is an attempt that failed.
    private long loadedBytes;

    FileLoader(Path file) {
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + PART);
    }

    @Override
    public void load(Load load) throws InterruptedException {
        lines.clear();
        int end = load.toRow();
        for (int row = load.fromRow(); row < end; row++) {
            load.results().appendLine(row, lines);
            lines.raw('\n');
        }
        try {
            append(ByteBuffer.wrap(lines.array(), 0, lines.length()));
            loadedBytes += lines.length();
        } catch (ClosedByInterruptException e) {
            // Interrupts close the channel; the next attempt opens it again.
            channel = null;
            boolean _ = Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void append(ByteBuffer bytes) throws IOException {
        var open = channel;
        if (open == null || !open.isOpen()) {
            open = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel = open;
        }
        open.truncate(loadedBytes);
        open.position(loadedBytes);
        while (bytes.hasRemaining()) {
            int _ = open.write(bytes);
        }
    }

    /// On the disk, then under its own name: a file without `.part` is complete.
    @Override
    public void finish() throws IOException {
        var open = channel;
        if (open == null) {
            return;
        }
        try (open) {
            open.truncate(loadedBytes);
            open.force(true);
        } finally {
            channel = null;
            loadedBytes = 0;
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Full disks stay full: what this run wrote goes, so that others have room.
    private LoadException failed(IOException e) {
        if (FullDisk.is(e)) {
            return new LoadException(Kind.FATAL, FailureCode.DISK_FULL, "%s: %s".formatted(part, e.getMessage()), e);
        }
        return new LoadException(Kind.TRANSIENT, FailureCode.ENGINE_ERROR, "%s: %s".formatted(part, e.getMessage()), e);
    }

    /// A part that was not finished goes with the loader.
    @Override
    public void close() throws IOException {
        var open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
        Files.deleteIfExists(part);
    }
}
