package dyno.engine.parquet;

import java.io.IOException;
import java.util.zip.CRC32;
import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/// Reads and decompresses the pages of a column chunk, one at a time, into a buffer that it keeps.
///
/// Used by one thread at a time.
final class PageReader {

    private static final byte[] EMPTY = new byte[RunLengths.PADDING];

    private final String file;
    private final String column;
    private final ColumnChunkMetaData chunk;
    private final ChunkStream stream;
    private final CRC32 crc = new CRC32();
    private byte[] packed = EMPTY;

    /// The page's bytes decompressed, levels first; [RunLengths#PADDING] bytes longer than [#length].
    byte[] bytes = EMPTY;

    int length;

    /// Where the definition levels begin and end; both 0 where the page has none before its values.
    int levelsFrom;

    int levelsEnd;

    /// Where the values begin.
    int valuesFrom;

    int valueCount;
    Encoding encoding = Encoding.PLAIN;

    /// Whether the page is the chunk's dictionary.
    boolean isDictionary;

    /// Where its header stands in the file.
    long position;

    PageReader(RangedInput input, String column, ColumnChunkMetaData chunk) {
        this.file = input.name();
        this.column = column;
        this.chunk = chunk;
        long begin = chunk.getStartingPos();
        this.stream = new ChunkStream(input, begin, begin + chunk.getTotalSize());
        if (!Decompressor.reads(chunk.getCodec())) {
            throw ParquetException.column(file, column, "compressed with " + chunk.getCodec() + ", which is not read");
        }
    }

    ParquetException damaged(String reason) {
        return ParquetException.damaged(file, column, position, reason);
    }

    ParquetException unsupported(String reason) {
        return ParquetException.column(file, column, reason);
    }

    /// Takes over the arrays of a reader that is not used any more.
    void takeArraysOf(PageReader finished) {
        packed = finished.packed;
        bytes = finished.bytes;
    }

    /// Hands [#bytes] out for good.
    ///
    /// @param instead to be written to from now on
    byte[] exchange(byte[] instead) {
        byte[] full = bytes;
        bytes = instead.length < RunLengths.PADDING ? EMPTY : instead;
        return full;
    }

    /// Before an array is made for the values of a page: a damaged header can claim any number of them.
    ///
    /// @param bytesEach that a value takes at least
    /// @throws ParquetException where there are more than the page has bytes for
    void requireRoom(int bytesEach) {
        if ((long) valueCount * bytesEach > length - valuesFrom) {
            throw damaged("%d values of %d bytes or more in a page that has %d for them"
                    .formatted(valueCount, bytesEach, length - valuesFrom));
        }
    }

    /// Reads the next dictionary or data page.
    ///
    /// @param hasLevels whether the column may have nulls, so that data pages begin with definition levels
    /// @return false at the chunk's end
    /// @throws ParquetException where its bytes are damaged
    boolean next(boolean hasLevels) throws IOException {
        while (true) {
            position = stream.position();
            if (stream.left() <= 0) {
                return false;
            }
            var header = header();
            checkSizes(header);
            if (header.type == PageType.INDEX_PAGE) {
                stream.skipNBytes(header.compressed_page_size);
                continue;
            }
            load(header, hasLevels);
            return true;
        }
    }

    private PageHeader header() throws IOException {
        try {
            return Util.readPageHeader(stream);
        } catch (IOException | ParquetRuntimeException e) {
            throw cannotRead("page header cannot be read: ", e);
        }
    }

    private void checkSizes(PageHeader header) {
        // The footer's sum bounds every page, so that a damaged header cannot ask for any memory it likes.
        long mostUnpacked = Math.max(chunk.getTotalUncompressedSize(), stream.left());
        if (header.compressed_page_size < 0 || header.compressed_page_size > stream.left()) {
            throw damaged("page of %d bytes, but the column chunk has %d left"
                    .formatted(header.compressed_page_size, stream.left()));
        }
        if (header.uncompressed_page_size < 0
                || header.uncompressed_page_size > mostUnpacked
                || header.uncompressed_page_size > Integer.MAX_VALUE - RunLengths.PADDING - 8) {
            throw damaged("page of %d bytes decompressed, but the column chunk has %d"
                    .formatted(header.uncompressed_page_size, mostUnpacked));
        }
    }

    private void load(PageHeader header, boolean hasLevels) throws IOException {
        int packedBytes = header.compressed_page_size;
        length = header.uncompressed_page_size;
        packed = room(packed, packedBytes);
        bytes = room(bytes, length);
        stream.readFully(packed, 0, packedBytes);
        if (header.isSetCrc()) {
            crc.reset();
            crc.update(packed, 0, packedBytes);
            if ((int) crc.getValue() != header.getCrc()) { // compared as 32 bits
                throw damaged(
                        "page checksum is %08x, but its bytes give %08x".formatted(header.getCrc(), crc.getValue()));
            }
        }
        levelsFrom = 0;
        levelsEnd = 0;
        isDictionary = header.type == PageType.DICTIONARY_PAGE;
        switch (header.type) {
            case DICTIONARY_PAGE -> {
                var page = required(header.dictionary_page_header);
                valueCount = page.num_values;
                encoding = page.encoding;
                unpack(packedBytes, 0);
                valuesFrom = 0;
            }
            case DATA_PAGE -> {
                var page = required(header.data_page_header);
                valueCount = page.num_values;
                encoding = page.encoding;
                unpack(packedBytes, 0);
                valuesFrom = 0;
                if (hasLevels) {
                    findLevels(page.definition_level_encoding);
                }
            }
            case DATA_PAGE_V2 -> {
                var page = required(header.data_page_header_v2);
                valueCount = page.num_values;
                encoding = page.encoding;
                int levels = page.definition_levels_byte_length;
                int before = page.repetition_levels_byte_length;
                if (levels < 0 || before < 0 || before + (long) levels > Math.min(length, packedBytes)) {
                    throw damaged("levels of %d and %d bytes in a page of %d".formatted(before, levels, length));
                }
                levelsFrom = before;
                levelsEnd = before + levels;
                valuesFrom = levelsEnd;
                if (page.is_compressed) {
                    System.arraycopy(packed, 0, bytes, 0, valuesFrom);
                    unpack(packedBytes, valuesFrom);
                } else {
                    Decompressor.decompress(
                            CompressionCodecName.UNCOMPRESSED, packed, 0, packedBytes, bytes, 0, length);
                }
            }
            case INDEX_PAGE -> throw new IllegalStateException("Index pages were passed over");
        }
        if (valueCount < 0) {
            throw damaged("page of %d values".formatted(valueCount));
        }
    }

    private void findLevels(Encoding levels) {
        if (levels != Encoding.RLE) {
            throw unsupported("definition levels are encoded as " + levels + ", and only RLE is read");
        }
        if (length < Integer.BYTES) {
            throw damaged("definition levels are cut short");
        }
        int levelBytes = LittleEndian.getInt(bytes, 0);
        if (levelBytes < 0 || levelBytes > length - Integer.BYTES) {
            throw damaged("definition levels of %d bytes in a page of %d".formatted(levelBytes, length));
        }
        levelsFrom = Integer.BYTES;
        levelsEnd = Integer.BYTES + levelBytes;
        valuesFrom = levelsEnd;
    }

    private void unpack(int packedBytes, int from) {
        try {
            if (packedBytes == from && length == from) {
                return;
            }
            Decompressor.decompress(chunk.getCodec(), packed, from, packedBytes - from, bytes, from, length - from);
        } catch (IOException e) {
            throw cannotRead("page cannot be decompressed: ", e);
        }
    }

    private <T> T required(@Nullable T header) {
        if (header == null) {
            throw damaged("page header lacks what its type needs");
        }
        return header;
    }

    private ParquetException cannotRead(String what, Exception cause) {
        var failure = damaged(what + cause.getMessage());
        failure.initCause(cause);
        return failure;
    }

    private static byte[] room(byte[] buffer, int bytes) {
        return buffer.length >= bytes + RunLengths.PADDING ? buffer : new byte[bytes + RunLengths.PADDING];
    }
}
