package dyno.engine.arrayrecord;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;

/// Takes the records out of a simple chunk's data. Keeps its memory and one zstd context. Used by one thread at a
/// time.
final class SimpleChunkDecoder implements AutoCloseable {

    static final int NO_COMPRESSION = 0;
    static final int ZSTD = 'z';
    static final int SNAPPY = 's';
    static final int BROTLI = 'b';

    /// zstd's shortest block, of a repeated byte, takes four bytes for 128 KiB, snappy's longest copy three for 64: a
    /// larger ratio is a lie, told before memory is spent on it.
    private static final long MAX_RATIO = 1 << 15;

    private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
    private byte[] sizes = {};
    private byte[] decompressed = {};
    private int[] starts = new int[2];
    private int records;
    /// Length of what was decompressed last.
    private int lastLength;

    private ByteRange values = new ByteRange(decompressed, 0, 0);

    /// @throws InvalidArrayRecordException where data and header contradict each other
    /// @throws UnsupportedArrayRecordException for other chunks than simple ones, and for brotli
    void decode(RawChunk chunk) {
        var header = chunk.header();
        long offset = chunk.begin();
        if (header.type() != ChunkType.SIMPLE.code()) {
            var type = ChunkType.of(header.type()).map(Enum::name).orElse("0x%02x".formatted(header.type()));
            throw new UnsupportedArrayRecordException(
                    offset,
                    "a chunk of type %s holds no records".formatted(type)
                            + (header.type() == ChunkType.TRANSPOSED.code() ? " that can be read here" : ""));
        }
        if (header.decodedBytes() < 0
                || header.decodedBytes() > EncodedChunks.MAX_BYTES
                || header.records() > EncodedChunks.MAX_BYTES - 1) {
            throw new UnsupportedArrayRecordException(
                    offset,
                    "%d records of %s bytes in one chunk"
                            .formatted(header.records(), Long.toUnsignedString(header.decodedBytes())));
        }
        var data = chunk.data();
        if (data.length() == 0) {
            throw new InvalidArrayRecordException(offset, "Simple chunk has no data");
        }
        int compression = data.bytes()[data.from()] & 0xff;
        int end = data.from() + data.length();
        var reader = new Varint.Reader(data.bytes(), data.from() + 1, end, offset);
        int sizesLength = reader.nextUpTo(data.length(), "Length of the sizes");
        int sizesFrom = reader.position();
        if (sizesLength > end - sizesFrom) {
            throw new InvalidArrayRecordException(
                    offset, "Sizes of %d bytes in %d bytes of data".formatted(sizesLength, end - sizesFrom));
        }
        var packedSizes = new ByteRange(data.bytes(), sizesFrom, sizesLength);
        var packedValues = new ByteRange(data.bytes(), sizesFrom + sizesLength, end - sizesFrom - sizesLength);
        var plainSizes = packedSizes;
        values = packedValues;
        if (compression != NO_COMPRESSION) {
            sizes = decompress(compression, packedSizes, sizes, offset);
            plainSizes = new ByteRange(sizes, 0, lastLength);
            decompressed = decompress(compression, packedValues, decompressed, offset);
            values = new ByteRange(decompressed, 0, lastLength);
        }
        parseSizes(plainSizes, (int) header.records(), offset);
        if (values.length() != header.decodedBytes() || starts[records] != values.length()) {
            throw new InvalidArrayRecordException(
                    offset,
                    "Records sum up to %d bytes, their data to %d, the header says %d"
                            .formatted(starts[records], values.length(), header.decodedBytes()));
        }
    }

    int records() {
        return records;
    }

    /// The array with the records; valid until the next chunk is decoded or read.
    byte[] bytes() {
        return values.bytes();
    }

    int recordFrom(int record) {
        return values.from() + starts[record];
    }

    int recordLength(int record) {
        return starts[record + 1] - starts[record];
    }

    @Override
    public void close() {
        zstd.close();
    }

    private byte[] decompress(int compression, ByteRange packed, byte[] kept, long offset) {
        var reader = new Varint.Reader(packed.bytes(), packed.from(), packed.from() + packed.length(), offset);
        int length = reader.nextUpTo(EncodedChunks.MAX_BYTES, "Decompressed length");
        if (length > MAX_RATIO * packed.length()) {
            throw new InvalidArrayRecordException(
                    offset, "%d bytes cannot decompress to %d".formatted(packed.length(), length));
        }
        byte[] target = kept.length < length ? new byte[length] : kept;
        var source = new ByteRange(packed.bytes(), reader.position(), reader.remaining());
        switch (compression) {
            case ZSTD -> decompressZstd(source, target, length, offset);
            case SNAPPY -> Snappy.decompress(source, new ByteRange(target, 0, length), offset);
            case BROTLI -> throw new UnsupportedArrayRecordException(offset, "compression brotli");
            default ->
                throw new InvalidArrayRecordException(offset, "Compression 0x%02x is unknown".formatted(compression));
        }
        lastLength = length;
        return target;
    }

    private void decompressZstd(ByteRange source, byte[] target, int length, long offset) {
        try {
            int written = zstd.decompressByteArray(target, 0, length, source.bytes(), source.from(), source.length());
            if (written != length) {
                throw new InvalidArrayRecordException(
                        offset, "zstd data has %d bytes, but should have %d".formatted(written, length));
            }
        } catch (ZstdException e) {
            throw new InvalidArrayRecordException(offset, "zstd data is damaged: " + e.getMessage());
        }
    }

    private void parseSizes(ByteRange plain, int count, long offset) {
        // Each size takes a byte at least, which bounds the array by what was read.
        if (count > plain.length()) {
            throw new InvalidArrayRecordException(
                    offset, "%d records, but %d bytes of sizes".formatted(count, plain.length()));
        }
        if (starts.length <= count) {
            starts = Arrays.copyOf(
                    starts, Math.max(count + 1, (int) Math.min(EncodedChunks.MAX_BYTES, 2L * starts.length)));
        }
        records = count;
        var reader = new Varint.Reader(plain.bytes(), plain.from(), plain.from() + plain.length(), offset);
        int sum = 0;
        for (int i = 0; i < count; i++) {
            starts[i] = sum;
            sum += reader.nextUpTo(values.length() - sum, "Size of a record");
        }
        starts[count] = sum;
        if (reader.remaining() > 0) {
            throw new InvalidArrayRecordException(offset, "%d bytes behind the sizes".formatted(reader.remaining()));
        }
    }
}
