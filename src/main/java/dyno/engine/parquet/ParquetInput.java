package dyno.engine.parquet;

import dyno.engine.kernel.Closing;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;

/// A Parquet file open for reading: its footer's facts, and readers for its row groups.
///
/// Safe for any number of threads. Whoever opens it closes it, after the last reader.
public final class ParquetInput implements Closeable {

    private final RangedInput input;
    private final Footer footer;

    private ParquetInput(RangedInput input) throws IOException {
        this.input = input;
        this.footer = Footer.read(input);
    }

    /// @throws ParquetException where the file is not Parquet or its footer is damaged
    public static ParquetInput open(Path file) throws IOException {
        return open(RangedInput.of(file));
    }

    /// Takes `input` over: it is closed with this, and where this fails.
    ///
    /// @throws ParquetException where the input is not Parquet or its footer is damaged
    public static ParquetInput open(RangedInput input) throws IOException {
        try {
            return new ParquetInput(input);
        } catch (Throwable e) {
            Closing.all(input).after(e);
            throw e;
        }
    }

    public String name() {
        return input.name();
    }

    /// Length of the file in bytes.
    public long bytes() {
        return input.size();
    }

    public long rows() {
        return footer.rowGroups.stream().mapToLong(RowGroupFacts::rows).sum();
    }

    public List<RowGroupFacts> rowGroups() {
        return footer.rowGroups;
    }

    /// All columns in the schema's order, leaves of nested ones by their dotted path.
    public List<ColumnFacts> columns() {
        return footer.columns;
    }

    public Optional<ColumnFacts> find(String column) {
        return footer.columns.stream()
                .filter(facts -> facts.name().equals(column))
                .findFirst();
    }

    /// Least and greatest value of an INT64 or INT32 column in a row group; empty where the footer does not say.
    ///
    /// @throws ParquetException where there is no such flat column
    public Optional<LongRange> range(int rowGroup, String column) {
        footer.requireFlat(column);
        var statistics = footer.chunk(rowGroup, column).getStatistics();
        if (statistics == null || !statistics.hasNonNullValue()) {
            return Optional.empty();
        }
        return switch (statistics) {
            case LongStatistics longs -> Optional.of(new LongRange(longs.getMin(), longs.getMax()));
            case IntStatistics ints -> Optional.of(new LongRange(ints.getMin(), ints.getMax()));
            default -> Optional.empty();
        };
    }

    /// A reader of `columns` in a row group, before its first batch.
    ///
    /// @param rowGroup 0-based
    /// @throws ParquetException where a column is missing, nested, or of a type or codec that is not read
    public RowGroupReader rowGroup(int rowGroup, List<String> columns) {
        return new RowGroupReader(input, footer, rowGroup, columns);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
