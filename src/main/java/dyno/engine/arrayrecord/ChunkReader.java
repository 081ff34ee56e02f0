package dyno.engine.arrayrecord;

import java.io.IOException;

/// Reads chunks of one file, one after the other or anywhere, into memory that it keeps: one for each thread.
///
/// ```java
/// try (var reader = file.reader()) {
///     for (int chunk = 0; chunk < file.chunks(); chunk++) {
///         reader.read(chunk);
///         for (int i = 0; i < reader.records(); i++) {
///             use(reader.bytes(), reader.recordFrom(i), reader.recordLength(i));
///         }
///     }
/// }
/// ```
public final class ChunkReader implements AutoCloseable {

    private final ChunkIndex index;
    private final RawChunk raw;
    private final SimpleChunkDecoder decoder = new SimpleChunkDecoder();

    ChunkReader(RawChunk raw, ChunkIndex index) {
        this.raw = raw;
        this.index = index;
    }

    /// Reads a chunk, all hashes checked, and forgets the one before.
    ///
    /// @param chunk 0 … chunks of the file - 1
    /// @throws InvalidArrayRecordException where it is damaged, which no other chunk suffers from
    public void read(int chunk) throws IOException {
        long begin = index.offset(chunk);
        raw.read(begin, index.offset(chunk + 1));
        var header = raw.header();
        if (header.records() != index.recordsOf(chunk) || header.decodedBytes() != index.decodedBytes(chunk)) {
            throw new InvalidArrayRecordException(
                    begin,
                    "Chunk has %d records of %d bytes, but the footer says %d of %d"
                            .formatted(
                                    header.records(),
                                    header.decodedBytes(),
                                    index.recordsOf(chunk),
                                    index.decodedBytes(chunk)));
        }
        decoder.decode(raw);
    }

    /// Records of the chunk that was read last.
    public int records() {
        return decoder.records();
    }

    /// The array that holds the records; valid until the next chunk is read.
    public byte[] bytes() {
        return decoder.bytes();
    }

    /// Index in [#bytes] of a record's first byte.
    ///
    /// @param record 0 … [#records] - 1, within the chunk
    public int recordFrom(int record) {
        return decoder.recordFrom(record);
    }

    /// A record's length.
    public int recordLength(int record) {
        return decoder.recordLength(record);
    }

    /// Frees the zstd context.
    @Override
    public void close() {
        decoder.close();
    }
}
