package dyno.engine.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.crypto.FileEncryptionProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetFileWriter.Mode;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/// Writes a Parquet file row by row: snappy unless told otherwise, dictionaries where they pay, one row group in memory
/// at a time.
///
/// ```java
/// output.putLong(0, 12334).putBytes(1, address, 0, length).putNull(2).endRow();
/// ```
///
/// Each row gives every column once, in any order. [#finish] writes the footer; a file that is closed without it
/// is cut short, and no reader takes it. Used by one thread at a time.
public final class ParquetOutput implements Closeable {

    private static final long NO_SIZE_LIMIT = Long.MAX_VALUE;

    private final List<OutputColumn> columns;
    private final MessageType schema;
    private final ParquetProperties properties;
    private final OwnedOutputFile file;
    private final ParquetFileWriter writer;
    private final ColumnDescriptor[] descriptors;
    private final ColumnWriter[] writers;
    private final int rowGroupRows;
    private @Nullable ColumnChunkPageWriteStore pages;
    private @Nullable ColumnWriteStore store;
    private long rows;
    private int groupRows;
    private boolean isFinished;

    private final OutputLayout layout;

    private ParquetOutput(Path file, List<OutputColumn> columns, OutputLayout layout) throws IOException {
        this.columns = List.copyOf(columns);
        this.schema =
                new MessageType("rows", columns.stream().map(OutputColumn::type).toArray(Type[]::new));
        this.layout = layout;
        this.rowGroupRows = layout.rowGroupRows();
        this.properties = layout.properties();
        this.file = new OwnedOutputFile(file);
        this.writer = new ParquetFileWriter(
                this.file, schema, Mode.CREATE, NO_SIZE_LIMIT, 0, (FileEncryptionProperties) null, properties);
        this.descriptors = schema.getColumns().toArray(ColumnDescriptor[]::new);
        this.writers = new ColumnWriter[descriptors.length];
        writer.start();
        beginGroup();
    }

    /// Creates the file.
    ///
    /// @param rowGroupRows rows of a row group at most
    /// @throws java.nio.file.FileAlreadyExistsException where it is there
    public static ParquetOutput create(Path file, List<OutputColumn> columns, int rowGroupRows) throws IOException {
        return create(file, columns, OutputLayout.of(rowGroupRows));
    }

    /// Creates the file, laid out as `layout` says.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException where it is there
    public static ParquetOutput create(Path file, List<OutputColumn> columns, OutputLayout layout) throws IOException {
        return new ParquetOutput(file, columns, layout);
    }

    /// @param column 0-based, of kind INT64 or a timestamp
    public ParquetOutput putLong(int column, long value) {
        writers[column].write(value, 0, level(column));
        return this;
    }

    /// @param column 0-based, of kind INT32
    public ParquetOutput putInt(int column, int value) {
        writers[column].write(value, 0, level(column));
        return this;
    }

    /// @param column 0-based, of kind DOUBLE
    public ParquetOutput putDouble(int column, double value) {
        writers[column].write(value, 0, level(column));
        return this;
    }

    /// @param column 0-based, of kind BOOLEAN
    public ParquetOutput putBoolean(int column, boolean value) {
        writers[column].write(value, 0, level(column));
        return this;
    }

    /// @param column 0-based, of kind STRING
    /// @param bytes  UTF-8; may be used again after the call
    public ParquetOutput putBytes(int column, byte[] bytes, int from, int length) {
        writers[column].write(Binary.fromReusedByteArray(bytes, from, length), 0, level(column));
        return this;
    }

    /// @param column 0-based, nullable
    public ParquetOutput putNull(int column) {
        if (!columns.get(column).isNullable()) {
            throw new IllegalArgumentException("Column %s has a value in every row"
                    .formatted(columns.get(column).name()));
        }
        writers[column].writeNull(0, 0);
        return this;
    }

    /// Ends the row, and the row group where it is full.
    public void endRow() throws IOException {
        store().endRecord();
        rows++;
        if (++groupRows == rowGroupRows) {
            endGroup();
            beginGroup();
        }
    }

    /// Rows written so far.
    public long rows() {
        return rows;
    }

    /// Writes what is left, and the footer.
    public void finish() throws IOException {
        endGroup();
        writer.end(Map.of());
        isFinished = true;
    }

    /// Releases the file; cut short where [#finish] was not called.
    @Override
    public void close() throws IOException {
        if (isFinished) {
            return;
        }
        // The last is closed first; the file whatever the others say.
        try (file;
                writer;
                var _ = store;
                var _ = pages) {
            isFinished = true;
        }
    }

    private int level(int column) {
        return descriptors[column].getMaxDefinitionLevel();
    }

    private void beginGroup() {
        groupRows = 0;
        pages = new ColumnChunkPageWriteStore(
                layout.compressor(), schema, properties.getAllocator(), properties.getColumnIndexTruncateLength());
        store = properties.newColumnWriteStore(schema, pages, pages);
        for (int i = 0; i < writers.length; i++) {
            writers[i] = store.getColumnWriter(descriptors[i]);
        }
    }

    private void endGroup() throws IOException {
        if (groupRows > 0) {
            writer.startBlock(groupRows);
            store().flush();
            var full = pages;
            if (full != null) {
                full.flushToFileWriter(writer);
            }
            writer.endBlock();
        }
        store().close();
        if (pages != null) {
            pages.close();
        }
        store = null;
        pages = null;
    }

    private ColumnWriteStore store() {
        if (store == null) {
            throw new IllegalStateException("The file is finished");
        }
        return store;
    }
}
