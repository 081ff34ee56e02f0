package dyno.engine.arrayrecord;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/// Writes a file record by record, on the thread that calls. Used by one thread at a time.
///
/// ```java
/// try (var writer = ArrayRecordWriter.create(path, WriterOptions.parse("group_size:1,zstd:3"))) {
///     writer.write(bytes);
///     writer.finish();
/// }
/// ```
public final class ArrayRecordWriter implements AutoCloseable {

    private final ChunkEncoder encoder;
    private final ChunkAppender appender;
    private final EncodedChunks chunk = new EncodedChunks();

    private ArrayRecordWriter(ChunkAppender appender, WriterOptions options) {
        this.appender = appender;
        this.encoder = new ChunkEncoder(options);
    }

    /// Writes a new file.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException where there is one of that name
    public static ArrayRecordWriter create(Path file, WriterOptions options) throws IOException {
        return new ArrayRecordWriter(ChunkAppender.create(file, options), options);
    }

    /// Writes to a channel, from the file's first byte on; the channel is closed with the writer.
    public static ArrayRecordWriter to(WritableByteChannel sink, WriterOptions options) throws IOException {
        return new ArrayRecordWriter(new ChunkAppender(sink, options), options);
    }

    public void write(byte[] record) throws IOException {
        write(record, 0, record.length);
    }

    public void write(byte[] bytes, int from, int length) throws IOException {
        encoder.add(bytes, from, length);
        if (encoder.isFull()) {
            append();
        }
    }

    /// Ends the file. Nothing can be written afterwards; [#close] is still needed.
    public ChunkAppender.Written finish() throws IOException {
        append();
        return appender.finish();
    }

    /// Frees memory and closes the file. One that was not finished has no footer, and no reader takes it for whole.
    @Override
    public void close() throws IOException {
        encoder.close();
        appender.close();
    }

    private void append() throws IOException {
        chunk.clear();
        encoder.finish(chunk);
        appender.append(chunk);
    }
}
