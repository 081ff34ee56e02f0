package dyno.engine.arrayrecord;

import java.io.IOException;
import java.nio.channels.FileChannel;

/// What a file's footer says. Immutable; 16 bytes a chunk.
final class ChunkIndex {

    private final String writerOptions;
    private final long records;
    private final long groupSize;
    /// Where each chunk begins, and last where the footer does.
    private final long[] offsets;

    private final long[] decodedBytes;

    private ChunkIndex(String writerOptions, long records, long groupSize, long[] offsets, long[] decodedBytes) {
        this.writerOptions = writerOptions;
        this.records = records;
        this.groupSize = groupSize;
        this.offsets = offsets;
        this.decodedBytes = decodedBytes;
    }

    /// Reads postscript and footer.
    ///
    /// @throws InvalidArrayRecordException where either is damaged, or the footer contradicts itself
    static ChunkIndex read(FileChannel file, long fileBytes) throws IOException {
        if (fileBytes < 2L * Blocks.BYTES || fileBytes % Blocks.BYTES != 0) {
            throw new InvalidArrayRecordException(
                    fileBytes, "File has %d bytes, which is not two or more blocks of 65536".formatted(fileBytes));
        }
        var chunk = new RawChunk(file, fileBytes);
        try (var decoder = new SimpleChunkDecoder()) {
            long footer = footerOffset(chunk, decoder, fileBytes - Blocks.BYTES);
            chunk.read(footer, 0);
            decoder.decode(chunk);
            return parse(decoder, footer);
        }
    }

    private static long footerOffset(RawChunk chunk, SimpleChunkDecoder decoder, long postscript) throws IOException {
        chunk.read(postscript, 0);
        decoder.decode(chunk);
        if (decoder.records() == 0) {
            throw new InvalidArrayRecordException(postscript, "Postscript has no record");
        }
        var fields = new ProtoFields(record(decoder, 0), postscript);
        if (fields.number(2) != Postscript.MAGIC) {
            throw new InvalidArrayRecordException(
                    postscript,
                    "Postscript has the magic number %016x, but should have %016x"
                            .formatted(fields.number(2), Postscript.MAGIC));
        }
        return fields.number(1);
    }

    private static ChunkIndex parse(SimpleChunkDecoder decoder, long footer) {
        if (decoder.records() == 0) {
            throw new InvalidArrayRecordException(footer, "Footer has no record");
        }
        var head = new ProtoFields(new ProtoFields(record(decoder, 0), footer).message(1), footer);
        int chunks = decoder.records() - 1;
        require(head.number(1) == FooterEntries.VERSION, footer, "Version is %d, not 1".formatted(head.number(1)));
        require(head.number(2) == chunks, footer, "Footer says %d chunks and has %d".formatted(head.number(2), chunks));
        long[] offsets = new long[chunks + 1];
        long[] decoded = new long[chunks];
        offsets[chunks] = footer;
        long groupSize = 0;
        long sum = 0;
        long last = Blocks.HEADER_BYTES;
        for (int i = 0; i < chunks; i++) {
            var entry = new ProtoFields(record(decoder, i + 1), footer);
            long count = entry.number(3);
            groupSize = i == 0 ? count : groupSize;
            offsets[i] = entry.number(1);
            decoded[i] = entry.number(2);
            require(
                    offsets[i] > last && offsets[i] < footer,
                    footer,
                    "Chunk %d is said to be at %d".formatted(i, offsets[i]));
            last = offsets[i];
            boolean isFull = i < chunks - 1 ? count == groupSize : count <= groupSize;
            require(count > 0 && isFull, footer, "Chunk %d is said to have %d records".formatted(i, count));
            require(decoded[i] >= 0, footer, "Chunk %d is said to have %s bytes".formatted(i, decoded[i]));
            sum += count;
        }
        require(
                head.number(3) == sum,
                footer,
                "Footer says %d records, its chunks have %d".formatted(head.number(3), sum));
        return new ChunkIndex(head.text(4), sum, groupSize, offsets, decoded);
    }

    private static ByteRange record(SimpleChunkDecoder decoder, int record) {
        return new ByteRange(decoder.bytes(), decoder.recordFrom(record), decoder.recordLength(record));
    }

    private static void require(boolean holds, long offset, String otherwise) {
        if (!holds) {
            throw new InvalidArrayRecordException(offset, otherwise);
        }
    }

    String writerOptions() {
        return writerOptions;
    }

    long records() {
        return records;
    }

    /// Records in each chunk but the last; 0 without chunks.
    long groupSize() {
        return groupSize;
    }

    int chunks() {
        return decodedBytes.length;
    }

    /// Where a chunk begins; that of number [#chunks] is the footer.
    long offset(int chunk) {
        return offsets[chunk];
    }

    long decodedBytes(int chunk) {
        return decodedBytes[chunk];
    }

    long recordsOf(int chunk) {
        return chunk < chunks() - 1 ? groupSize : records - groupSize * (chunks() - 1L);
    }

    long footerOffset() {
        return offsets[chunks()];
    }
}
