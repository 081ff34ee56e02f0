package dyno.engine.parquet;

import dyno.engine.parquet.ColumnFacts.Physical;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Chosen columns of one row group, in batches of rows that all columns have.
///
/// A batch has some thousands of rows at most, so that what is decoded of all columns stays in a
/// processor's cache
/// until it is used, and ends where a page of any column ends. Holds one unpacked page a column. Used by
/// one thread at
/// a time; several readers of one file may run beside each other.
public final class RowGroupReader {

    private static final Set<Physical> LONGS = Set.of(Physical.INT64, Physical.INT32, Physical.BOOLEAN);
    private static final Set<Physical> DOUBLES = Set.of(Physical.DOUBLE, Physical.FLOAT);
    private static final Set<Physical> BINARIES =
            Set.of(Physical.BYTE_ARRAY, Physical.FIXED_LEN_BYTE_ARRAY, Physical.INT96);

    /// Sixteen columns of these take half a megabyte to a whole one, which is a second-level cache.
    private static final int MOST_BATCH_ROWS = 4_096;

    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Column[] all;
    private final RowGroupFacts facts;
    private final String file;
    private long row;
    private int batchRows;

    RowGroupReader(RangedInput input, Footer footer, int rowGroup, List<String> names) {
        this.file = input.name();
        this.facts = footer.rowGroups.get(rowGroup);
        for (var name : names) {
            columns.put(name, column(input, footer, rowGroup, name));
        }
        this.all = columns.values().toArray(Column[]::new);
    }

    /// Takes over the arrays of a reader that is not used any more, of this or another file: what it gave out, but for
    /// dictionaries, is no longer valid. Pages of a hundred thousand rows are megabytes in arrays that the
    /// collector
    /// would otherwise treat as too large to move.
    public RowGroupReader takeArraysOf(RowGroupReader finished) {
        columns.forEach((name, column) -> {
            var other = finished.columns.get(name);
            if (other != null && other.getClass() == column.getClass()) {
                column.takeArraysOf(other);
            }
        });
        return this;
    }

    /// As [#takeArraysOf], and the arrays of dictionaries too: none that it gave out may be read any more.
    public RowGroupReader takeDictionariesOf(RowGroupReader finished) {
        takeArraysOf(finished);
        columns.forEach((name, column) -> {
            if (column instanceof BinaryColumn own && finished.columns.get(name) instanceof BinaryColumn other) {
                own.takeDictionaryOf(other);
            }
        });
        return this;
    }

    private Column column(RangedInput input, Footer footer, int rowGroup, String name) {
        var descriptor = footer.requireFlat(name);
        var chunk = footer.chunk(rowGroup, name);
        var physical = footer.columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow()
                .physical();
        if (LONGS.contains(physical)) {
            return new LongColumn(input, name, descriptor, chunk, facts.rows());
        }
        if (DOUBLES.contains(physical)) {
            return new DoubleColumn(input, name, descriptor, chunk, facts.rows());
        }
        if (BINARIES.contains(physical)) {
            return new BinaryColumn(input, name, descriptor, chunk, facts.rows());
        }
        throw ParquetException.column(input.name(), name, "its type " + physical + " is not read");
    }

    /// Moves to the next batch.
    ///
    /// @param mostRows at least 1; a batch may have fewer
    /// @return its rows; 0 at the row group's end
    /// @throws ParquetException where a page is damaged
    public int next(int mostRows) throws IOException {
        row += batchRows;
        batchRows = 0;
        if (row == facts.rows()) {
            return 0;
        }
        int rows = (int) Math.min(Math.min(mostRows, MOST_BATCH_ROWS), facts.rows() - row); // mostRows bounds it
        for (var column : all) {
            rows = Math.min(rows, column.available());
        }
        for (var column : all) {
            column.take(rows);
        }
        batchRows = rows;
        return rows;
    }

    /// Name of the file.
    public String file() {
        return file;
    }

    /// The batch's first row, 0-based in the file.
    public long row() {
        return facts.firstRow() + row;
    }

    /// @throws ParquetException where the column is not INT64, INT32 or BOOLEAN
    public LongColumn longs(String name) {
        if (require(name) instanceof LongColumn column) {
            return column;
        }
        throw wrong(name, "an integer");
    }

    /// @throws ParquetException where the column is not DOUBLE or FLOAT
    public DoubleColumn doubles(String name) {
        if (require(name) instanceof DoubleColumn column) {
            return column;
        }
        throw wrong(name, "a floating-point number");
    }

    /// @throws ParquetException where the column is not of byte strings
    public BinaryColumn binaries(String name) {
        if (require(name) instanceof BinaryColumn column) {
            return column;
        }
        throw wrong(name, "a byte string");
    }

    private Column require(String name) {
        var column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("Column %s was not asked for, but %s".formatted(name, columns.keySet()));
        }
        return column;
    }

    private ParquetException wrong(String name, String expected) {
        return ParquetException.column(file, name, "it is not " + expected);
    }
}
