package dyno.engine.arrayrecord;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/// A chunk's header and data as they are read from a file, without block headers, their hashes checked.
///
/// Keeps its memory for the next chunk. Used by one thread at a time; any number may read one file.
final class RawChunk {

    private final FileChannel file;
    private final long fileBytes;
    private byte[] bytes = new byte[1 << 12];
    private final byte[] headerBytes = new byte[ChunkHeader.BYTES];
    private long begin;
    private long end;
    private int loaded;
    private ChunkHeader header = new ChunkHeader(0, 0, 0, 0, 0);

    RawChunk(FileChannel file, long fileBytes) {
        this.file = file;
        this.fileBytes = fileBytes;
    }

    /// Reads the header of the chunk at `from`, and what follows up to `guess` with the same call.
    ///
    /// @param guess where the chunk probably ends; anything below it, so that only the header is read
    /// @throws InvalidArrayRecordException where it is no chunk's header, or the chunk would pass the file's end
    void readHeader(long from, long guess) throws IOException {
        begin = from;
        if (from < 0 || from >= fileBytes || !Extent.isChunkBoundary(from)) {
            throw new InvalidArrayRecordException(
                    from, "No chunk can begin here in a file of %d bytes".formatted(fileBytes));
        }
        long headerEnd = Extent.dataEnd(from, ChunkHeader.BYTES);
        loaded = 0;
        load(Math.max(headerEnd, guess - from > Integer.MAX_VALUE / 2 ? headerEnd : guess));
        copyWithoutBlockHeaders(0, headerBytes, ChunkHeader.BYTES);
        header = ChunkHeader.parse(headerBytes, 0, from);
        if (header.dataBytes() < 0 || header.dataBytes() > fileBytes || header.records() > fileBytes) {
            throw new InvalidArrayRecordException(
                    from,
                    "Chunk of %s data bytes and %d records passes the file's end at %d"
                            .formatted(Long.toUnsignedString(header.dataBytes()), header.records(), fileBytes));
        }
        end = Extent.chunkEnd(from, header.dataBytes(), header.records());
        if (end > fileBytes) {
            throw new InvalidArrayRecordException(
                    from, "Chunk ends at %d, beyond the file's end at %d".formatted(end, fileBytes));
        }
        if (header.dataBytes() > EncodedChunks.MAX_BYTES - Blocks.BYTES) {
            throw new UnsupportedArrayRecordException(
                    from, "a chunk of %d bytes is larger than an array".formatted(header.dataBytes()));
        }
    }

    /// Reads the data of the chunk whose header was read.
    ///
    /// @throws InvalidArrayRecordException where its hash says that it is damaged
    void readData() throws IOException {
        load(Extent.dataEnd(begin, ChunkHeader.BYTES + header.dataBytes()));
        int length = (int) header.dataBytes();
        // Forward and in place: what is written lies never behind what is still to be read.
        copyWithoutBlockHeaders(0, bytes, ChunkHeader.BYTES + length);
        // The bytes are no longer those of the file: to read this chunk again is to load it again.
        loaded = 0;
        long found = HighwayHash.hash(bytes, ChunkHeader.BYTES, length);
        if (found != header.dataHash()) {
            throw new InvalidArrayRecordException(
                    begin,
                    "Chunk data is damaged: its hash is %016x, but should be %016x"
                            .formatted(found, header.dataHash()));
        }
    }

    /// Reads the chunk at `from`, header and data.
    void read(long from, long guess) throws IOException {
        readHeader(from, guess);
        readData();
    }

    /// The file's bytes of the chunk whose header was read, block headers and the gap at its end among them; to be
    /// asked for before [#readData]. Index 0 is the chunk's begin.
    byte[] unstripped() throws IOException {
        load(end);
        return bytes;
    }

    long begin() {
        return begin;
    }

    /// Offset past the chunk.
    long end() {
        return end;
    }

    ChunkHeader header() {
        return header;
    }

    /// The data; valid until the next chunk is read.
    ByteRange data() {
        return new ByteRange(bytes, ChunkHeader.BYTES, (int) header.dataBytes());
    }

    /// Has the file's bytes from the chunk's begin up to `to` loaded.
    private void load(long to) throws IOException {
        long needed = Math.min(to, fileBytes) - begin;
        if (needed <= loaded) {
            return;
        }
        // Data of nearly 2 GiB has half a megabyte of block headers among it.
        if (needed > EncodedChunks.MAX_BYTES) {
            throw new UnsupportedArrayRecordException(begin, "a chunk of %d bytes".formatted(needed));
        }
        if (bytes.length < needed) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(EncodedChunks.MAX_BYTES, Math.max(needed, 2L * bytes.length)));
        }
        var target = ByteBuffer.wrap(bytes, loaded, (int) needed - loaded);
        while (target.hasRemaining()) {
            int read = file.read(target, begin + target.position());
            if (read < 0) {
                throw new InvalidArrayRecordException(
                        begin, "File ends at %d, within a chunk".formatted(begin + target.position()));
            }
        }
        loaded = (int) needed;
    }

    private void copyWithoutBlockHeaders(int targetFrom, byte[] target, int length) {
        int from = 0;
        int to = targetFrom;
        int left = length;
        while (left > 0) {
            int within = (int) ((begin + from) % Blocks.BYTES);
            if (within == 0) {
                within = Blocks.HEADER_BYTES;
                from += Blocks.HEADER_BYTES;
            }
            int part = Math.min(left, Blocks.BYTES - within);
            if (from + part > loaded) {
                throw new InvalidArrayRecordException(
                        begin, "File ends at %d, within a chunk".formatted(begin + loaded));
            }
            System.arraycopy(bytes, from, target, to, part);
            from += part;
            to += part;
            left -= part;
        }
    }
}
