package dyno.engine.arrayrecord;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A file of records that are reached by number. Safe for any number of threads: reads are positional.
///
/// Only the index is kept, 16 bytes a chunk; nothing is mapped. As channels are, the file is closed for everybody when
/// a thread that reads is interrupted.
///
/// ```java
/// try (var file = ArrayRecordFile.open(path)) {
///     byte[] last = file.get(file.records() - 1);
/// }
/// ```
public final class ArrayRecordFile implements AutoCloseable {

    private final FileChannel channel;
    private final long bytes;
    private final ChunkIndex index;
    private final ConcurrentLinkedQueue<ChunkReader> idle = new ConcurrentLinkedQueue<>();

    private ArrayRecordFile(FileChannel channel, long bytes, ChunkIndex index) {
        this.channel = channel;
        this.bytes = bytes;
        this.index = index;
    }

    /// @throws InvalidArrayRecordException where postscript or footer is not what the format says
    public static ArrayRecordFile open(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            long bytes = channel.size();
            return new ArrayRecordFile(channel, bytes, ChunkIndex.read(channel, bytes));
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /// A copy of one record. Reads and decodes the record's chunk each time: for many records in order use [#reader].
    ///
    /// @param record 0 … [#records] - 1
    /// @throws IndexOutOfBoundsException   where there is no such record
    /// @throws InvalidArrayRecordException where the record's chunk is damaged, which no other suffers from
    public byte[] get(long record) throws IOException {
        if (record < 0 || record >= index.records()) {
            throw new IndexOutOfBoundsException("Record %d of %d".formatted(record, index.records()));
        }
        var kept = idle.poll();
        var reader = kept == null ? reader() : kept;
        try {
            reader.read((int) (record / index.groupSize()));
            int within = (int) (record % index.groupSize());
            int from = reader.recordFrom(within);
            return Arrays.copyOfRange(reader.bytes(), from, from + reader.recordLength(within));
        } finally {
            if (channel.isOpen()) {
                idle.add(reader);
            } else {
                reader.close();
            }
        }
    }

    /// A reader for one thread, which closes it.
    public ChunkReader reader() {
        return new ChunkReader(new RawChunk(channel, bytes), index);
    }

    /// Length of the file.
    public long bytes() {
        return bytes;
    }

    public long records() {
        return index.records();
    }

    /// Chunks of records.
    public int chunks() {
        return index.chunks();
    }

    /// Records in each chunk but the last, which may have fewer; 0 without chunks.
    public long groupSize() {
        return index.groupSize();
    }

    /// As the writer left them.
    public String writerOptions() {
        return index.writerOptions();
    }

    /// Where the footer begins.
    public long footerOffset() {
        return index.footerOffset();
    }

    /// Where a chunk begins.
    public long chunkOffset(int chunk) {
        return index.offset(chunk);
    }

    /// Sum of the records' lengths.
    public long decodedBytes() {
        long sum = 0;
        for (int chunk = 0; chunk < chunks(); chunk++) {
            sum += index.decodedBytes(chunk);
        }
        return sum;
    }

    long recordsOf(int chunk) {
        return index.recordsOf(chunk);
    }

    long decodedBytes(int chunk) {
        return index.decodedBytes(chunk);
    }

    /// Closes the file and frees what [#get] kept; readers are closed by whoever has them.
    @Override
    public void close() throws IOException {
        for (var reader = idle.poll(); reader != null; reader = idle.poll()) {
            reader.close();
        }
        channel.close();
    }
}
