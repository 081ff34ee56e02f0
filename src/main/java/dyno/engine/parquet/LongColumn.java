package dyno.engine.parquet;

import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/// An INT64, INT32 or BOOLEAN column as `long` values; booleans are 0 and 1, unsigned INT32 are not negative.
///
/// Used by one thread at a time.
public final class LongColumn extends Column {

    private final PrimitiveTypeName type;
    private final boolean isUnsignedInt;
    private long[] dictionary = new long[0];
    private int dictionarySize;
    private long[] values = new long[0];

    LongColumn(RangedInput input, String name, ColumnDescriptor descriptor, ColumnChunkMetaData chunk, long rows) {
        super(input, name, descriptor, chunk, rows);
        this.type = descriptor.getPrimitiveType().getPrimitiveTypeName();
        this.isUnsignedInt = type == PrimitiveTypeName.INT32
                && descriptor.getPrimitiveType().getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation integer
                && !integer.isSigned();
    }

    /// The batch's values, from [#from]. Rows without a value have 0.
    public long[] values() {
        return values;
    }

    @Override
    void takeArraysOf(Column finished) {
        super.takeArraysOf(finished);
        if (finished instanceof LongColumn column) {
            values = column.values;
            dictionary = column.dictionary;
        }
    }

    @Override
    int dictionarySize() {
        return dictionarySize;
    }

    @Override
    void readDictionary(PageReader page) {
        page.requireRoom(Integer.BYTES);
        if (dictionary.length < page.valueCount) {
            dictionary = new long[page.valueCount];
        }
        dictionarySize = page.valueCount;
        decodePlain(page, page.valuesFrom, dictionary, dictionarySize);
    }

    @Override
    void decodeCodes(int[] codes, int count, int rows) {
        prepare(rows);
        for (int i = 0; i < count; i++) {
            values[i] = dictionary[codes[i]];
        }
        spreadOut(count, rows);
    }

    @Override
    void decodeValues(PageReader page, int count, int rows) {
        prepare(rows);
        if (page.encoding == Encoding.PLAIN && type != PrimitiveTypeName.BOOLEAN) {
            valueAt = decodePlain(page, valueAt, values, count);
        } else {
            decodeOther(page, count);
        }
        spreadOut(count, rows);
    }

    private void prepare(int rows) {
        if (values.length < rows) {
            values = new long[rows];
        }
    }

    /// @return where the next value begins
    private int decodePlain(PageReader page, int from, long[] out, int count) {
        byte[] bytes = page.bytes;
        if (type == PrimitiveTypeName.INT64) {
            requireBytes(page, from, count, Long.BYTES);
            for (int i = 0; i < count; i++) {
                out[i] = LittleEndian.getLong(bytes, from + i * Long.BYTES);
            }
            return from + count * Long.BYTES;
        }
        requireBytes(page, from, count, Integer.BYTES);
        long mask = isUnsignedInt ? 0xffff_ffffL : -1L;
        for (int i = 0; i < count; i++) {
            out[i] = LittleEndian.getInt(bytes, from + i * Integer.BYTES) & mask;
        }
        return from + count * Integer.BYTES;
    }

    private void decodeOther(PageReader page, int count) {
        var reader = values(page);
        try {
            for (int i = 0; i < count; i++) {
                values[i] = switch (type) {
                    case INT64 -> reader.readLong();
                    case BOOLEAN -> reader.readBoolean() ? 1 : 0;
                    default -> isUnsignedInt ? reader.readInteger() & 0xffff_ffffL : reader.readInteger();
                };
            }
        } catch (ParquetRuntimeException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw page.damaged("values encoded as %s: %s".formatted(page.encoding, e.getMessage()));
        }
    }

    /// Values stand dense at the front; from the back each moves to its row.
    private void spreadOut(int count, int rows) {
        if (!hasNulls()) {
            return;
        }
        boolean[] nulls = nulls();
        int next = count;
        for (int i = rows - 1; i >= 0; i--) {
            values[i] = nulls[i] ? 0 : values[--next];
        }
    }
}
