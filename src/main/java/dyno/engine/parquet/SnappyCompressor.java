package dyno.engine.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/// Pages compressed with snappy. Used by one thread at a time.
final class SnappyCompressor implements BytesInputCompressor {

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
        var copy = new ByteArrayOutputStream(Math.toIntExact(bytes.size()));
        bytes.writeAllTo(copy);
        byte[] plain = copy.toByteArray();
        byte[] packed = new byte[Snappy.maxCompressedLength(plain.length)];
        return BytesInput.from(packed, 0, Snappy.compress(plain, 0, plain.length, packed, 0));
    }

    @Override
    public CompressionCodecName getCodecName() {
        return CompressionCodecName.SNAPPY;
    }

    @Override
    public void release() {
        // Holds nothing.
    }
}
