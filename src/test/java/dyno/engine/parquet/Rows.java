package dyno.engine.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.engine.parquet.ColumnFacts.Physical;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file's rows as plain objects, for comparisons.
final class Rows {

    private Rows() {}

    static List<List<@Nullable Object>> of(Path file, int batchRows) throws IOException {
        return of(file, batchRows, false);
    }

    /// Each row group's reader takes over the arrays of the one before it, dictionaries too.
    static List<List<@Nullable Object>> withArraysOfTheLast(Path file, int batchRows) throws IOException {
        return of(file, batchRows, true);
    }

    private static List<List<@Nullable Object>> of(Path file, int batchRows, boolean takesArrays) throws IOException {
        var rows = new ArrayList<List<@Nullable Object>>();
        try (var input = ParquetInput.open(file)) {
            var names = input.columns().stream().map(ColumnFacts::name).toList();
            RowGroupReader last = null;
            for (var group : input.rowGroups()) {
                var reader = input.rowGroup(group.index(), names);
                if (takesArrays && last != null) {
                    reader.takeDictionariesOf(last);
                }
                last = reader;
                for (int count = reader.next(batchRows); count > 0; count = reader.next(batchRows)) {
                    for (int i = 0; i < count; i++) {
                        var row = new ArrayList<@Nullable Object>();
                        for (var column : input.columns()) {
                            row.add(value(reader, column, i));
                        }
                        rows.add(row);
                    }
                }
            }
        }
        return rows;
    }

    private static @Nullable Object value(RowGroupReader reader, ColumnFacts facts, int row) {
        switch (facts.physical()) {
            case INT32, INT64, BOOLEAN -> {
                var column = reader.longs(facts.name());
                int at = column.from() + row;
                long value = column.values()[at];
                return column.hasNulls() && column.nulls()[at]
                        ? null
                        : facts.physical() == Physical.BOOLEAN ? (Object) (value == 1) : (Object) value;
            }
            case FLOAT, DOUBLE -> {
                var column = reader.doubles(facts.name());
                int at = column.from() + row;
                return column.hasNulls() && column.nulls()[at] ? null : (Object) column.values()[at];
            }
            default -> {
                var column = reader.binaries(facts.name());
                int at = column.from() + row;
                if (column.isCoded()) {
                    int code = column.codes()[at];
                    return code < 0 ? null : new String(column.dictionary().copy(code), UTF_8);
                }
                var strings = column.strings();
                return strings.lengths()[at] < 0 ? null : new String(strings.copy(at), UTF_8);
            }
        }
    }
}
