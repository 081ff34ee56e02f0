package dyno.engine.parquet;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/// The codecs of pages. Stateless.
final class Decompressor {

    private Decompressor() {}

    static boolean reads(CompressionCodecName codec) {
        return switch (codec) {
            case UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW -> true;
            case LZO, BROTLI, LZ4 -> false;
        };
    }

    /// Decompresses `length` bytes to exactly `outLength`.
    ///
    /// @throws IOException where they are not what the codec writes, or come to another length
    static void decompress(
            CompressionCodecName codec, byte[] in, int from, int length, byte[] out, int outFrom, int outLength)
            throws IOException {
        long got = switch (codec) {
            case UNCOMPRESSED -> copy(in, from, length, out, outFrom, outLength);
            case SNAPPY -> snappy(in, from, length, out, outFrom, outLength);
            case ZSTD -> Zstd.decompressByteArray(out, outFrom, outLength, in, from, length);
            case GZIP -> gzip(in, from, length, out, outFrom, outLength);
            case LZ4_RAW -> lz4(in, from, length, out, outFrom, outLength);
            case LZO, BROTLI, LZ4 -> throw new IOException("codec " + codec + " is not read");
        };
        if (got != outLength) {
            String reason = codec == CompressionCodecName.ZSTD && Zstd.isError(got)
                    ? Zstd.getErrorName(got)
                    : "%d bytes instead of %d".formatted(got, outLength);
            throw new IOException("%s: %s".formatted(codec, reason));
        }
    }

    private static int copy(byte[] in, int from, int length, byte[] out, int outFrom, int outLength) {
        System.arraycopy(in, from, out, outFrom, Math.min(length, outLength));
        return length;
    }

    private static int snappy(byte[] in, int from, int length, byte[] out, int outFrom, int outLength)
            throws IOException {
        int claimed = Snappy.uncompressedLength(in, from, length);
        return claimed == outLength ? Snappy.uncompress(in, from, length, out, outFrom) : claimed;
    }

    private static int lz4(byte[] in, int from, int length, byte[] out, int outFrom, int outLength) throws IOException {
        try {
            return new Lz4Decompressor().decompress(in, from, length, out, outFrom, outLength);
        } catch (RuntimeException e) {
            throw new IOException("LZ4_RAW: " + e.getMessage(), e);
        }
    }

    private static int gzip(byte[] in, int from, int length, byte[] out, int outFrom, int outLength)
            throws IOException {
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(in, from, length))) {
            int got = unpacked.readNBytes(out, outFrom, outLength);
            return unpacked.read() < 0 ? got : got + 1;
        }
    }
}
