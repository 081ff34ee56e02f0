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
    private double[] values = new double[0];

    DoubleColumn(RangedInput input, String name, ColumnDescriptor descriptor, ColumnChunkMetaData chunk, long rows) {
        super(input, name, descriptor, chunk, rows);
        this.isFloat = descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT;
    }

    /// The page's values; the batch's from [#from]. Rows without a value have 0.
    public double[] values() {
        return values;
    }

    @Override
    void takeArraysOf(Column finished) {
        super.takeArraysOf(finished);
        if (finished instanceof DoubleColumn column) {
            values = column.values;
        }
    }

    @Override
    int dictionarySize() {
        return dictionary.length;
    }

    @Override
    void readDictionary(PageReader page) {
        dictionary = new double[page.valueCount];
        decodePlain(page, dictionary, page.valueCount);
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
            decodePlain(page, values, count);
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

    private void decodePlain(PageReader page, double[] out, int count) {
        byte[] bytes = page.bytes;
        int from = page.valuesFrom;
        if (isFloat) {
            requireBytes(page, count, Float.BYTES);
            for (int i = 0; i < count; i++) {
                out[i] = Float.intBitsToFloat(LittleEndian.getInt(bytes, from + i * Float.BYTES));
            }
            return;
        }
        requireBytes(page, count, Double.BYTES);
        for (int i = 0; i < count; i++) {
            out[i] = Double.longBitsToDouble(LittleEndian.getLong(bytes, from + i * Double.BYTES));
        }
    }

    private void decodeOther(PageReader page, int count) {
        var reader = values(page, count);
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
