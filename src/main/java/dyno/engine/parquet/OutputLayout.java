package dyno.engine.parquet;

import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;

/// How a file that is written is laid out. What rows it holds does not depend on it.
///
/// @param rowGroupRows    rows of a row group at most
/// @param codec           compression of its pages
/// @param pageRows        rows of a page at most
/// @param pageBytes       bytes of a page at most, counted before dictionary and compression
/// @param dictionaryBytes a column whose dictionary would be larger is written plain from there on
public record OutputLayout(int rowGroupRows, Codec codec, int pageRows, int pageBytes, int dictionaryBytes) {

    /// Compression of pages.
    public enum Codec {
        SNAPPY,
        ZSTD,
        UNCOMPRESSED
    }

    /// The library's own sizes, and snappy.
    public static OutputLayout of(int rowGroupRows) {
        return new OutputLayout(
                rowGroupRows,
                Codec.SNAPPY,
                ParquetProperties.DEFAULT_PAGE_ROW_COUNT_LIMIT,
                ParquetProperties.DEFAULT_PAGE_SIZE,
                ParquetProperties.DEFAULT_DICTIONARY_PAGE_SIZE);
    }

    ParquetProperties properties() {
        return ParquetProperties.builder()
                .withAllocator(new HeapByteBufferAllocator())
                .withRowGroupRowCountLimit(rowGroupRows)
                .withPageRowCountLimit(pageRows)
                .withPageSize(pageBytes)
                .withDictionaryPageSize(dictionaryBytes)
                .build();
    }

    BytesInputCompressor compressor() {
        return switch (codec) {
            case SNAPPY -> new SnappyCompressor();
            case ZSTD -> new ZstdCompressor();
            case UNCOMPRESSED -> new NoCompressor();
        };
    }
}
