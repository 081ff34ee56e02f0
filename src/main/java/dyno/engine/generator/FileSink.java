package dyno.engine.generator;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.FullDisk;
import dyno.engine.generator.Stopwatch.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes a stream to a file, chunk by chunk, without overlapping writing and generating.
final class FileSink implements ChunkSink {

    /// The JDK copies what lies in the heap to a direct buffer of the same size before it writes, and keeps that
    /// buffer; a megabyte at a time keeps it small.
    private static final int MAX_WRITE_BYTES = 1 << 20;

    private final Path file;
    private final ChunkBuffers buffer;
    private final FileChannel channel;
    private final boolean fsync;
    private final Stopwatch stopwatch;

    /// @param buffer closed together with this
    /// @throws EngineException where direct I/O is asked for and the file system has none
    FileSink(Path file, ChunkBuffers buffer, GeneratorWorkload workload, Stopwatch stopwatch) throws IOException {
        this.file = file;
        this.buffer = buffer;
        this.fsync = workload.fsync();
        this.stopwatch = stopwatch;
        this.channel = open(file, workload.directIo());
    }

    Path file() {
        return file;
    }

    @Override
    public void touch(ChunkFiller filler) throws InterruptedException {
        filler.touch(buffer.first());
    }

    @Override
    public void start() throws IOException {
        long start = stopwatch.now();
        channel.truncate(0);
        channel.position(0);
        stopwatch.add(Part.WRITE, start);
    }

    @Override
    public Destination next() {
        return buffer.first();
    }

    @Override
    public void accept(Destination chunk, long length) throws IOException {
        long start = stopwatch.now();
        long step = chunk instanceof NativeDestination ? length : MAX_WRITE_BYTES;
        for (long done = 0; done < length; done += step) {
            write(chunk.view(done, Math.min(step, length - done)).asByteBuffer());
        }
        stopwatch.add(Part.WRITE, start);
    }

    @Override
    public void finish() throws IOException {
        if (!fsync) {
            return;
        }
        long start = stopwatch.now();
        try {
            channel.force(true);
        } catch (IOException e) {
            throw asFull(e);
        }
        stopwatch.add(Part.SYNC, start);
    }

    @Override
    public void close() throws IOException {
        try (buffer) {
            channel.close();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw asFull(e);
        }
    }

    private IOException asFull(IOException cause) throws IOException {
        if (FullDisk.is(cause)) {
            throw new EngineException(
                    FailureCode.DISK_FULL,
                    "The scratch file system is full after %d bytes of %s".formatted(channel.position(), file),
                    cause);
        }
        return cause;
    }

    private static FileChannel open(Path file, boolean directIo) throws IOException {
        Set<OpenOption> options = new HashSet<>(
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING));
        if (!directIo) {
            return FileChannel.open(file, options);
        }
        options.add(directOption());
        long blockBytes = Files.getFileStore(file.toAbsolutePath().getParent()).getBlockSize();
        if (blockBytes > ChunkBuffers.ALIGNMENT) {
            throw noDirectIo(
                    "has blocks of %d bytes, more than %d".formatted(blockBytes, ChunkBuffers.ALIGNMENT), null);
        }
        try {
            return FileChannel.open(file, options);
        } catch (IOException | UnsupportedOperationException e) {
            Files.deleteIfExists(file);
            throw noDirectIo("refused it", e);
        }
    }

    /// The JDK's option for direct I/O. By name, since javac warns of the package it lives in.
    private static OpenOption directOption() {
        try {
            for (Object option :
                    Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants()) {
                if (option instanceof OpenOption direct && "DIRECT".equals(option.toString())) {
                    return direct;
                }
            }
        } catch (ClassNotFoundException e) {
            throw noDirectIo("is out of reach: this Java has no module jdk.unsupported", e);
        }
        throw noDirectIo("is out of reach: this Java has no option for it", null);
    }

    private static EngineException noDirectIo(String what, @Nullable Exception cause) {
        String message = "directIo true needs a scratch file system with direct I/O; this one " + what;
        return cause == null
                ? new EngineException(FailureCode.INVALID_INPUT, message)
                : new EngineException(FailureCode.INVALID_INPUT, message, cause);
    }
}
