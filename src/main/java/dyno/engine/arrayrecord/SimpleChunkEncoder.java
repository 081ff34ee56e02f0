package dyno.engine.arrayrecord;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dyno.engine.arrayrecord.Compression.Kind;
import org.jspecify.annotations.Nullable;

/// Makes a simple chunk's data of record sizes and record bytes.
///
/// ```text
/// ├────────────┬──────────┬────────────────┬───────────────────────┤
/// │ 00 or 7a   │ varint z │ sizes, z bytes │ values, to the end    │
/// └────────────┴──────────┴────────────────┴───────────────────────┘
///   compressed, each of the two buffers is a varint of its decompressed length and a zstd frame
/// ```
///
/// Keeps one zstd context. Used by one thread at a time.
final class SimpleChunkEncoder implements AutoCloseable {

    static final int NO_COMPRESSION = 0;
    static final int ZSTD = 'z';

    private static final int ZSTD_MAGIC = 0xfd2fb528;

    /// Bytes of a zstd frame around a raw block of fewer than 256 bytes: magic, descriptor, length, block header.
    private static final int RAW_FRAME_BYTES = 4 + 1 + 1 + 3;

    /// Content size in one byte, and no window, which is then as large as the content.
    private static final byte SINGLE_SEGMENT = 0x20;

    private final @Nullable ZstdCompressCtx zstd;

    SimpleChunkEncoder(Compression compression) {
        this.zstd = compression.kind() == Kind.ZSTD ? context(compression.level()) : null;
    }

    private static ZstdCompressCtx context(int level) {
        return new ZstdCompressCtx()
                .setLevel(level)
                .setWindowLog(Compression.WINDOW_LOG)
                .setChecksum(false)
                .setContentSize(true);
    }

    /// Appends one chunk to `target`. Allocates only where `target` has to grow.
    ///
    /// @param records how many varints `sizes` holds; their sum is `valuesLength`
    void encode(ByteRange sizes, ByteRange values, int records, EncodedChunks target) {
        int sizesLength = sizes.length();
        int valuesLength = values.length();
        if (zstd == null) {
            byte[] data = target.room(1L + Varint.MAX_BYTES + sizesLength + valuesLength);
            int pos = target.bytes();
            data[pos++] = NO_COMPRESSION;
            pos = Varint.put(data, pos, sizesLength);
            System.arraycopy(sizes.bytes(), sizes.from(), data, pos, sizesLength);
            pos += sizesLength;
            System.arraycopy(values.bytes(), values.from(), data, pos, valuesLength);
            target.add(pos + valuesLength, records, valuesLength);
            return;
        }
        long most = Zstd.compressBound(sizesLength) + Zstd.compressBound(valuesLength);
        byte[] data = target.room(1L + 3 * Varint.MAX_BYTES + most);
        int pos = target.bytes();
        data[pos++] = ZSTD;
        if (records == 1) {
            pos = Varint.put(data, pos, Varint.length(sizesLength) + RAW_FRAME_BYTES + sizesLength);
            pos = Varint.put(data, pos, sizesLength);
            pos = putRawFrame(data, pos, sizes);
        } else {
            // How long the length of the compressed sizes is, is known only when they are compressed: they are
            // written behind the longest there could be and moved.
            int at = pos + Varint.MAX_BYTES;
            int end = Varint.put(data, at, sizesLength);
            end += compress(zstd, sizes, data, end);
            pos = Varint.put(data, pos, end - at);
            System.arraycopy(data, at, data, pos, end - at);
            pos += end - at;
        }
        pos = Varint.put(data, pos, valuesLength);
        pos += compress(zstd, values, data, pos);
        target.add(pos, records, valuesLength);
    }

    private static int compress(ZstdCompressCtx zstd, ByteRange source, byte[] target, int at) {
        return zstd.compressByteArray(target, at, target.length - at, source.bytes(), source.from(), source.length());
    }

    /// What zstd makes of so few bytes at every level, without the call: one raw block. A record's size has at most
    /// five bytes, and blocks below seven are never compressed.
    private static int putRawFrame(byte[] target, int at, ByteRange bytes) {
        int length = bytes.length();
        int pos = at;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            target[pos++] = (byte) (ZSTD_MAGIC >>> shift);
        }
        target[pos++] = SINGLE_SEGMENT;
        target[pos++] = (byte) length;
        target[pos++] = (byte) (length << 3 | 1); // the last block, raw; below 16, it fits the first of three bytes
        target[pos++] = 0;
        target[pos++] = 0;
        System.arraycopy(bytes.bytes(), bytes.from(), target, pos, length);
        return pos + length;
    }

    @Override
    public void close() {
        if (zstd != null) {
            zstd.close();
        }
    }
}
