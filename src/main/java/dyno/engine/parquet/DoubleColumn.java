package dyno.engine.parquet;

import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/// A DOUBLE or FLOAT column as `double` values. Used by one thread at a time.
public final class DoubleColumn extends Column {

    private final boolean isFloat;
    private double[] dictionary = new double[0];
    private int dictionarySize;
    private double[] values = new double[0];

    DoubleColumn(RangedInput input, String name, ColumnDescriptor descriptor, ColumnChunkMetaData chunk, long rows) {
        super(input, name, descriptor, chunk, rows);
        this.isFloat = descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT;
    }

    /// The batch's values, from [#from]. Rows without a value have 0.
    public double[] values() {
        return values;
    }

    @Override
    void takeArraysOf(Column finished) {
        super.takeArraysOf(finished);
        if (finished instanceof DoubleColumn column) {
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
            dictionary = new double[page.valueCount];
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
        if (page.encoding == Encoding.PLAIN) {
            valueAt = decodePlain(page, valueAt, values, count);
        } else {
            decodeOther(page, count);
        }
        spreadOut(count, rows);
    }

    private void prepare(int rows) {
        if (values.length < rows) {
            values = new double[rows];
        }
    }

    /// @return where the next value begins
    private int decodePlain(PageReader page, int from, double[] out, int count) {
        byte[] bytes = page.bytes;
        if (isFloat) {
            requireBytes(page, from, count, Float.BYTES);
            for (int i = 0; i < count; i++) {
                out[i] = Float.intBitsToFloat(LittleEndian.getInt(bytes, from + i * Float.BYTES));
            }
            return from + count * Float.BYTES;
        }
        requireBytes(page, from, count, Double.BYTES);
        for (int i = 0; i < count; i++) {
            out[i] = Double.longBitsToDouble(LittleEndian.getLong(bytes, from + i * Double.BYTES));
        }
        return from + count * Double.BYTES;
    }

    private void decodeOther(PageReader page, int count) {
        var reader = values(page);
        try {
            for (int i = 0; i < count; i++) {
                values[i] = isFloat ? reader.readFloat() : reader.readDouble();
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
