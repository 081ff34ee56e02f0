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
import org.jspecify.annotations.Nullable;

/// A column of one row group, a page in memory at a time, decoded batch by batch. A [RowGroupReader] moves
/// all its
/// columns together.
///
/// Values of the current batch stand in the subclass's arrays from index [#from]; the arrays are the reader's and
/// valid until its next batch. They are as long as a batch, not as a page: pages of some writers have a
/// hundred
/// thousand rows, and what is decoded of all columns at once is then megabytes that no cache holds, in
/// arrays that
/// collectors treat as too large to move. Used by one thread at a time.
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
    private final RunLengths levelRuns = new RunLengths();
    private final RunLengths codeRuns = new RunLengths();
    private boolean hasBegunCodes;
    /// Reads the page's values, where its encoding has no loop of its own here.
    private @Nullable ValuesReader libraryReader;

    private int pageRows;
    /// Rows of the page that batches had so far, the current one included.
    private int takenRows;

    private long loadedRows;

    /// Where the page's next value begins, if values are plain; moved on by subclasses.
    int valueAt;

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

    /// Index of the batch's first row in this column's arrays, which hold the batch and no more.
    public final int from() {
        return 0;
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
        while (takenRows == pageRows && loadedRows < rows) {
            load();
        }
        return pageRows - takenRows;
    }

    /// Decodes the next `count` rows, which are [#available].
    final void take(int count) {
        takenRows += count;
        int values = readLevels(count);
        if (page.encoding == Encoding.PLAIN_DICTIONARY || page.encoding == Encoding.RLE_DICTIONARY) {
            readCodes(values);
            decodeCodes(codes, values, count);
        } else {
            decodeValues(page, values, count);
        }
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
        if (isNullable) {
            levelRuns.begin(page.bytes, page.levelsFrom, page.levelsEnd, 1);
        }
        hasBegunCodes = false;
        libraryReader = null;
        valueAt = page.valuesFrom;
        takenRows = 0;
        pageRows = page.valueCount;
        loadedRows += page.valueCount;
    }

    /// @return how many of the next `count` rows have a value
    private int readLevels(int count) {
        hasNulls = false;
        if (!isNullable) {
            return count;
        }
        levels = room(levels, count);
        String wrong = levelRuns.decode(levels, count);
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
        codes = room(codes, count);
        // A page without any value may lack even the codes' width.
        if (count == 0) {
            return;
        }
        if (!hasBegunCodes) {
            beginCodes();
        }
        String wrong = codeRuns.decode(codes, count);
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

    private void beginCodes() {
        int at = page.valuesFrom;
        int width = at < page.length ? page.bytes[at] : -1;
        if (width < 0 || width > Integer.SIZE) {
            throw page.damaged("dictionary codes of %d bits".formatted(width));
        }
        codeRuns.begin(page.bytes, at + 1, page.length, width);
        hasBegunCodes = true;
    }

    abstract int dictionarySize();

    abstract void readDictionary(PageReader dictionary);

    /// Spreads `values` codes over `count` rows, those of [#nulls] left out.
    abstract void decodeCodes(int[] codes, int values, int count);

    /// Decodes the page's next `values` values and spreads them over `count` rows.
    abstract void decodeValues(PageReader data, int values, int count);

    /// A reader of the library for encodings that have no loop of their own here; it stands at the page's
    /// next value.
    final ValuesReader values(PageReader data) {
        var known = libraryReader;
        if (known != null) {
            return known;
        }
        try {
            var reader = org.apache.parquet.column.Encoding.valueOf(data.encoding.name())
                    .getValuesReader(descriptor, ValuesType.VALUES);
            reader.initFromPage(
                    data.valueCount,
                    ByteBufferInputStream.wrap(
                            ByteBuffer.wrap(data.bytes, data.valuesFrom, data.length - data.valuesFrom)));
            libraryReader = reader;
            return reader;
        } catch (IOException | ParquetRuntimeException | UnsupportedOperationException e) {
            var failure =
                    data.damaged("values encoded as %s cannot be read: %s".formatted(data.encoding, e.getMessage()));
            failure.initCause(e);
            throw failure;
        }
    }

    /// @param at where the values begin
    static void requireBytes(PageReader data, int at, long count, int valueBytes) {
        if (count * valueBytes > data.length - at) {
            throw data.damaged("%d values of %d bytes in %d bytes".formatted(count, valueBytes, data.length - at));
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
