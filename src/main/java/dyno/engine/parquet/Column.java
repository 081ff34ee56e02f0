package dyno.engine.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/// A column of one row group, decoded a page at a time. A [RowGroupReader] moves all its columns together.
///
/// Values of the current batch stand in the subclass's arrays from index [#from]; the arrays are the reader's and
/// valid until its next batch. Used by one thread at a time.
public abstract sealed class Column permits LongColumn, DoubleColumn, BinaryColumn {

    private final String name;
    final ColumnDescriptor descriptor;
    final PageReader page;
    private final boolean isNullable;
    private final long rows;
    private int[] levels = new int[0];
    private boolean[] nulls = new boolean[0];
    private boolean hasNulls;
    private int[] codes = new int[0];
    private int from;
    private int pageRows;
    private int batchRows;
    private long loadedRows;

    Column(RangedInput input, String name, ColumnDescriptor descriptor, ColumnChunkMetaData chunk, long rows) {
        this.name = name;
        this.descriptor = descriptor;
        this.isNullable = descriptor.getMaxDefinitionLevel() > 0;
        this.page = new PageReader(input, name, chunk);
        this.rows = rows;
    }

    /// Takes over the arrays of a column of the same class that nobody reads any more.
    void takeArraysOf(Column finished) {
        levels = finished.levels;
        nulls = finished.nulls;
        codes = finished.codes;
        page.takeArraysOf(finished.page);
    }

    public final String name() {
        return name;
    }

    /// Index of the batch's first row in this column's arrays.
    public final int from() {
        return from;
    }

    /// Whether [#nulls] has to be asked; where not, every row of the batch has a value.
    public final boolean hasNulls() {
        return hasNulls;
    }

    /// Which rows lack a value, by the same index as the values; only where [#hasNulls].
    public final boolean[] nulls() {
        return nulls;
    }

    /// Rows that the current page still has, after reading the next one where it has none.
    final int available() throws IOException {
        from += batchRows;
        batchRows = 0;
        while (from == pageRows && loadedRows < rows) {
            load();
        }
        return pageRows - from;
    }

    final void take(int count) {
        batchRows = count;
    }

    private void load() throws IOException {
        if (!page.next(isNullable)) {
            throw page.damaged("pages hold %d rows, but the row group has %d".formatted(loadedRows, rows));
        }
        if (page.isDictionary) {
            readDictionary(page);
            return;
        }
        if (page.valueCount > rows - loadedRows) {
            throw page.damaged("pages hold %d rows and more, but the row group has %d"
                    .formatted(loadedRows + page.valueCount, rows));
        }
        int values = readLevels();
        if (page.encoding == Encoding.PLAIN_DICTIONARY || page.encoding == Encoding.RLE_DICTIONARY) {
            readCodes(values);
            decodeCodes(codes, values, page.valueCount);
        } else {
            decodeValues(page, values, page.valueCount);
        }
        from = 0;
        pageRows = page.valueCount;
        loadedRows += page.valueCount;
    }

    /// @return how many rows of the page have a value
    private int readLevels() {
        hasNulls = false;
        int count = page.valueCount;
        if (!isNullable) {
            return count;
        }
        if (levels.length < count) {
            levels = new int[count];
        }
        String wrong = RunLengths.decode(page.bytes, page.levelsFrom, page.levelsEnd, 1, levels, count);
        if (wrong != null) {
            throw page.damaged("definition levels: " + wrong);
        }
        int present = 0;
        for (int i = 0; i < count; i++) {
            present += levels[i];
        }
        if (present < count) {
            hasNulls = true;
            if (nulls.length < count) {
                nulls = new boolean[count];
            }
            for (int i = 0; i < count; i++) {
                nulls[i] = levels[i] == 0;
            }
        }
        return present;
    }

    private void readCodes(int count) {
        if (codes.length < count) {
            codes = new int[count];
        }
        if (count == 0) {
            return;
        }
        int at = page.valuesFrom;
        int width = at < page.length ? page.bytes[at] : -1;
        if (width < 0 || width > Integer.SIZE) {
            throw page.damaged("dictionary codes of %d bits".formatted(width));
        }
        String wrong = RunLengths.decode(page.bytes, at + 1, page.length, width, codes, count);
        if (wrong != null) {
            throw page.damaged("dictionary codes: " + wrong);
        }
        int most = 0;
        for (int i = 0; i < count; i++) {
            // A code above 2^31 is negative and must not pass: it becomes the largest there is.
            most = Math.max(most, codes[i] < 0 ? Integer.MAX_VALUE : codes[i]);
        }
        if (most >= dictionarySize()) {
            throw page.damaged(
                    "dictionary code %d, but the dictionary has %d values".formatted(most, dictionarySize()));
        }
    }

    abstract int dictionarySize();

    abstract void readDictionary(PageReader dictionary);

    /// Spreads `values` codes over `count` rows, those of [#nulls] left out.
    abstract void decodeCodes(int[] codes, int values, int count);

    abstract void decodeValues(PageReader data, int values, int count);

    /// A reader of the library for encodings that have no loop of their own here.
    final ValuesReader values(PageReader data, int count) {
        try {
            var reader = org.apache.parquet.column.Encoding.valueOf(data.encoding.name())
                    .getValuesReader(descriptor, ValuesType.VALUES);
            reader.initFromPage(
                    count,
                    ByteBufferInputStream.wrap(
                            ByteBuffer.wrap(data.bytes, data.valuesFrom, data.length - data.valuesFrom)));
            return reader;
        } catch (IOException | ParquetRuntimeException | UnsupportedOperationException e) {
            var failure =
                    data.damaged("values encoded as %s cannot be read: %s".formatted(data.encoding, e.getMessage()));
            failure.initCause(e);
            throw failure;
        }
    }

    final void requireBytes(PageReader data, long count, int valueBytes) {
        if (count * valueBytes > data.length - data.valuesFrom) {
            throw data.damaged(
                    "%d values of %d bytes in %d bytes".formatted(count, valueBytes, data.length - data.valuesFrom));
        }
    }

    /// A code for each row: -1 where the row has no value.
    final void spread(int[] dense, int[] out, int count) {
        if (!hasNulls) {
            System.arraycopy(dense, 0, out, 0, count);
            return;
        }
        int next = 0;
        for (int i = 0; i < count; i++) {
            out[i] = nulls[i] ? -1 : dense[next++];
        }
    }

    static int[] room(int[] array, int length) {
        return array.length >= length ? array : Arrays.copyOf(array, length);
    }
}
