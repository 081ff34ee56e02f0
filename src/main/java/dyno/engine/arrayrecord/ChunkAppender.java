package dyno.engine.arrayrecord;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes a file of chunks that were encoded and hashed elsewhere: frames them, keeps the index, ends the file.
///
/// ```text
/// ├───────────┬────────┬───┬────────┬─────────┬────────────┬─────────────┬─────────────────┤
/// │ signature │ chunk 0│ … │ footer │ padding │ postscript │ padding     │ multiple of 64 KiB
/// └───────────┴────────┴───┴────────┴─────────┴────────────┴─────────────┘
/// ```
///
/// Appending allocates nothing but the index's growth, some 13 bytes a chunk. Used by one thread at a time. After an
/// exception the file is unusable; without [#finish] it has no footer, and no reader takes it for whole.
/// Benchmark: `ChunkAppendBenchmark`.
public final class ChunkAppender implements AutoCloseable {

    /// Large enough that a write's fixed cost, about a microsecond, is small beside its copy.
    private static final int STAGING_BYTES = 1 << 18;

    private static final byte[] NO_BYTES = {};
    private static final byte[] ZEROS = new byte[4096];

    private final WriterOptions options;
    private final WritableByteChannel sink;
    private final Arena arena = Arena.ofShared();
    private final ByteBuffer staging = arena.allocate(STAGING_BYTES).asByteBuffer();
    private final byte[] header = new byte[ChunkHeader.BYTES];
    private final byte[] blockHeader = new byte[Blocks.HEADER_BYTES];
    private final FooterEntries entries = new FooterEntries();
    private long position;
    private long chunkBegin;
    private long chunkEnd;
    private boolean isLastShort;

    /// What a finished file holds.
    ///
    /// @param bytes        the file's length
    /// @param chunks       of records
    /// @param records      in them
    /// @param decodedBytes sum of the records' lengths
    /// @param footerOffset where the footer chunk begins
    public record Written(long bytes, long chunks, long records, long decodedBytes, long footerOffset) {}

    /// @param sink where the file goes, from its first byte on; closed with the appender
    public ChunkAppender(WritableByteChannel sink, WriterOptions options) throws IOException {
        this.sink = sink;
        this.options = options;
        frame(ChunkType.SIGNATURE, NO_BYTES, 0, 0, HighwayHash.hash(NO_BYTES, 0, 0), 0, 0);
    }

    /// Writes a new file.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException where there is one of that name
    public static ChunkAppender create(Path file, WriterOptions options) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            return new ChunkAppender(channel, options);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /// Appends all chunks of a batch.
    public void append(EncodedChunks batch) throws IOException {
        for (int i = 0; i < batch.count(); i++) {
            append(batch, i);
        }
    }

    /// Appends one chunk of a batch.
    public void append(EncodedChunks batch, int chunk) throws IOException {
        append(
                batch.data(),
                batch.from(chunk),
                batch.length(chunk),
                batch.hash(chunk),
                batch.records(chunk),
                batch.decodedBytes(chunk));
    }

    /// Appends one chunk whose data was encoded by a [ChunkEncoder] and kept elsewhere.
    ///
    /// @param data         begins at `from` and has `length` bytes
    /// @param hash         [HighwayHash] of the data
    /// @param records      in the chunk; the group size, or fewer in the file's last one
    /// @param decodedBytes sum of the records' lengths
    /// @throws IllegalArgumentException where `records` is not what the next chunk must have
    public void append(byte[] data, int from, int length, long hash, int records, long decodedBytes)
            throws IOException {
        if (isLastShort || records < 1 || records > options.groupSize()) {
            throw new IllegalArgumentException("Chunk %d has %d records; all but the last have %d"
                    .formatted(entries.chunks(), records, options.groupSize()));
        }
        isLastShort = records < options.groupSize();
        entries.add(position, decodedBytes, records);
        frame(ChunkType.SIMPLE, data, from, length, hash, records, decodedBytes);
    }

    /// Writes footer, paddings and postscript. Nothing can be appended afterwards; [#close] is still needed.
    public Written finish() throws IOException {
        isLastShort = true;
        long footerOffset = position;
        frame(entries.encode(options));
        pad();
        frame(Postscript.encode(footerOffset));
        pad();
        flush();
        return new Written(position, entries.chunks(), entries.records(), entries.decodedBytes(), footerOffset);
    }

    /// Bytes of the file so far.
    public long position() {
        return position;
    }

    /// Frees memory and closes the sink, without finishing the file.
    @Override
    public void close() throws IOException {
        if (arena.scope().isAlive()) {
            arena.close();
        }
        sink.close();
    }

    private void frame(EncodedChunks one) throws IOException {
        frame(
                ChunkType.SIMPLE,
                one.data(),
                one.from(0),
                one.length(0),
                one.hash(0),
                one.records(0),
                one.decodedBytes(0));
    }

    /// Fills up to the next block.
    private void pad() throws IOException {
        long within = position % Blocks.BYTES;
        if (within == 0) {
            return;
        }
        long length = Blocks.BYTES - within;
        if (length < ChunkHeader.BYTES) {
            length += Blocks.BYTES;
        }
        long blocks = (within + length) / Blocks.BYTES;
        long dataBytes =
                length + Math.min(within, Blocks.HEADER_BYTES) - Blocks.HEADER_BYTES * blocks - ChunkHeader.BYTES;
        // Less than two blocks.
        byte[] zeros = new byte[Math.toIntExact(dataBytes)];
        frame(ChunkType.PADDING, zeros, 0, zeros.length, HighwayHash.hash(zeros, 0, zeros.length), 0, 0);
    }

    /// More parameters than elsewhere: a record of them would be an object for every chunk.
    private void frame(ChunkType type, byte[] data, int from, int length, long hash, int records, long decodedBytes)
            throws IOException {
        chunkBegin = position;
        chunkEnd = Blocks.chunkEnd(position, length, records);
        putHeader(type, length, hash, records, decodedBytes);
        put(header, 0, ChunkHeader.BYTES);
        put(data, from, length);
        while (position < chunkEnd) {
            put(ZEROS, 0, (int) Math.min(ZEROS.length, bytesWithoutHeader()));
        }
    }

    private void putHeader(ChunkType type, long dataBytes, long dataHash, long records, long decodedBytes) {
        LittleEndian.putLong(header, 8, dataBytes);
        LittleEndian.putLong(header, 16, dataHash);
        LittleEndian.putLong(header, 24, records << 8 | type.code());
        LittleEndian.putLong(header, 32, decodedBytes);
        LittleEndian.putLong(header, 0, HighwayHash.hash(header, 8, ChunkHeader.BYTES - 8));
    }

    /// Bytes up to the chunk's end or the next block, whichever comes first, without a header that comes before them.
    private long bytesWithoutHeader() {
        long within = position % Blocks.BYTES;
        long from = within == 0 ? position + Blocks.HEADER_BYTES : position;
        return Math.min(chunkEnd - from, Blocks.BYTES - from % Blocks.BYTES);
    }

    /// Writes bytes of the current chunk, and a header before the first of each block.
    private void put(byte[] bytes, int from, int length) throws IOException {
        int pos = from;
        int left = length;
        while (left > 0) {
            int within = (int) (position % Blocks.BYTES);
            if (within == 0) {
                putBlockHeader();
                within = Blocks.HEADER_BYTES;
            }
            int part = Math.min(left, Blocks.BYTES - within);
            stage(bytes, pos, part);
            pos += part;
            left -= part;
        }
    }

    private void putBlockHeader() throws IOException {
        LittleEndian.putLong(blockHeader, 8, position - chunkBegin);
        LittleEndian.putLong(blockHeader, 16, chunkEnd - position);
        LittleEndian.putLong(blockHeader, 0, HighwayHash.hash(blockHeader, 8, Blocks.HEADER_BYTES - 8));
        stage(blockHeader, 0, Blocks.HEADER_BYTES);
    }

    /// At most a block, which the staging buffer has room for when it is empty.
    private void stage(byte[] bytes, int from, int length) throws IOException {
        if (staging.remaining() < length) {
            flush();
        }
        staging.put(bytes, from, length);
        position += length;
    }

    private void flush() throws IOException {
        staging.flip();
        while (staging.hasRemaining()) {
            sink.write(staging);
        }
        staging.clear();
    }
}
