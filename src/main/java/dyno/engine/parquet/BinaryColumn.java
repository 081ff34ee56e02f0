package dyno.engine.parquet;

import java.util.Arrays;
import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/// A column of byte strings: as codes into the row group's dictionary where the page has such, else as bytes.
///
/// Which of the two may change from batch to batch, since writers give a dictionary up once it grows too large; it
/// never changes within one. Used by one thread at a time.
public final class BinaryColumn extends Column {

    private static final ByteStrings NONE = new ByteStrings(new byte[0], new int[0], new int[0], 0);

    private static final int INT96_BYTES = 12;

    private final int fixedBytes;
    private ByteStrings dictionary = NONE;
    /// Arrays of a dictionary that nobody reads any more, and the bytes of data pages.
    private ByteStrings spare = NONE;
    private int[] codes = new int[0];
    private boolean isCoded;
    private int[] starts = new int[0];
    private int[] lengths = new int[0];
    private byte[] unpacked = new byte[0];
    private ByteStrings strings = NONE;

    BinaryColumn(RangedInput input, String name, ColumnDescriptor descriptor, ColumnChunkMetaData chunk, long rows) {
        super(input, name, descriptor, chunk, rows);
        var type = descriptor.getPrimitiveType();
        this.fixedBytes = switch (type.getPrimitiveTypeName()) {
            case FIXED_LEN_BYTE_ARRAY -> type.getTypeLength();
            case INT96 -> INT96_BYTES;
            default -> -1;
        };
    }

    /// Whether the batch's rows are [#codes] into [#dictionary]; else they are [#strings].
    public boolean isCoded() {
        return isCoded;
    }

    /// A code for each row of the batch from [#from], -1 for a row without a value.
    public int[] codes() {
        return codes;
    }

    /// The row group's dictionary: the same object until the row group ends, empty before the first coded batch.
    public ByteStrings dictionary() {
        return dictionary;
    }

    /// The batch's rows, from [#from]. A row without a value has the length -1.
    public ByteStrings strings() {
        return strings;
    }

    /// But not the dictionary's, which whoever read it may still hold.
    @Override
    void takeArraysOf(Column finished) {
        super.takeArraysOf(finished);
        if (finished instanceof BinaryColumn column) {
            codes = column.codes;
            starts = column.starts;
            lengths = column.lengths;
            unpacked = column.unpacked;
        }
    }

    /// And the dictionary's, which nobody may hold any more.
    void takeDictionaryOf(BinaryColumn finished) {
        var last = finished.dictionary;
        if (last.size() == 0) {
            return;
        }
        finished.dictionary = NONE;
        // The next dictionary is read to where the last one was. What data pages were read to, which is far smaller,
        // waits meanwhile: one array of a dictionary's size does, not two.
        spare = new ByteStrings(page.exchange(last.bytes()), last.starts(), last.lengths(), 0);
    }

    @Override
    int dictionarySize() {
        return dictionary.size();
    }

    @Override
    void readDictionary(PageReader page) {
        // Without a length of its own a value has one before it.
        page.requireRoom(fixedBytes < 0 ? Integer.BYTES : fixedBytes);
        int[] dictionaryStarts = room(spare.starts(), page.valueCount);
        int[] dictionaryLengths = room(spare.lengths(), page.valueCount);
        findPlain(page, page.valuesFrom, dictionaryStarts, dictionaryLengths, page.valueCount);
        // Not copied: a dictionary of label texts has megabytes.
        byte[] bytes = page.exchange(spare.bytes());
        dictionary = new ByteStrings(bytes, dictionaryStarts, dictionaryLengths, page.valueCount);
        spare = NONE;
    }

    @Override
    void decodeCodes(int[] dense, int count, int rows) {
        isCoded = true;
        codes = room(codes, rows);
        spread(dense, codes, rows);
    }

    @Override
    void decodeValues(PageReader page, int count, int rows) {
        isCoded = false;
        starts = room(starts, rows);
        lengths = room(lengths, rows);
        byte[] bytes = page.bytes;
        if (page.encoding == Encoding.PLAIN) {
            valueAt = findPlain(page, valueAt, starts, lengths, count);
        } else {
            bytes = decodeOther(page, count);
        }
        spreadOut(count, rows);
        strings = new ByteStrings(bytes, starts, lengths, rows);
    }

    /// @return where the next value begins
    private int findPlain(PageReader page, int from, int[] foundStarts, int[] foundLengths, int count) {
        byte[] bytes = page.bytes;
        int at = from;
        int end = page.length;
        for (int i = 0; i < count; i++) {
            int length = fixedBytes;
            if (length < 0) {
                if (at > end - Integer.BYTES) {
                    throw page.damaged("value %d of %d begins past the page's end".formatted(i, count));
                }
                length = LittleEndian.getInt(bytes, at);
                at += Integer.BYTES;
            }
            if (length < 0 || length > end - at) {
                throw page.damaged(
                        "value %d of %d has %d bytes, but the page %d more".formatted(i, count, length, end - at));
            }
            foundStarts[i] = at;
            foundLengths[i] = length;
            at += length;
        }
        return at;
    }

    private byte[] decodeOther(PageReader page, int count) {
        var reader = values(page);
        int at = 0;
        try {
            for (int i = 0; i < count; i++) {
                var value = reader.readBytes().toByteBuffer();
                int length = value.remaining();
                if (unpacked.length - at < length) {
                    unpacked = Arrays.copyOf(unpacked, Math.addExact(Math.max(at, 4096) * 2, length));
                }
                value.get(unpacked, at, length);
                starts[i] = at;
                lengths[i] = length;
                at += length;
            }
        } catch (ParquetRuntimeException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw page.damaged("values encoded as %s: %s".formatted(page.encoding, e.getMessage()));
        }
        return unpacked;
    }

    /// Strings stand dense at the front; from the back each moves to its row.
    private void spreadOut(int count, int rows) {
        if (!hasNulls()) {
            return;
        }
        boolean[] nulls = nulls();
        int next = count;
        for (int i = rows - 1; i >= 0; i--) {
            if (nulls[i]) {
                starts[i] = 0;
                lengths[i] = -1;
            } else {
                next--;
                starts[i] = starts[next];
                lengths[i] = lengths[next];
            }
        }
    }
}
