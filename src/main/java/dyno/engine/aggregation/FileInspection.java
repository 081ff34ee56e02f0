package dyno.engine.aggregation;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.parquet.BinaryColumn;
import dyno.engine.parquet.ColumnFacts;
import dyno.engine.parquet.ColumnFacts.Physical;
import dyno.engine.parquet.ParquetInput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/// Looks at every row of a Parquet file that a client sent: whether a job could read all of it. Used by one thread.
final class FileInspection {

    private static final int BATCH_ROWS = 8_192;

    private final String name;
    private final Path file;

    FileInspection(String name, Path file) {
        this.name = name;
        this.file = file;
    }

    /// `table`, `rows`, `firstDate` and `lastDate`.
    ///
    /// @throws EngineException at the first thing that no job could read
    Map<String, Object> facts() throws IOException {
        try (var input = ParquetInput.open(file)) {
            var table = InputTables.table(name, input.columns());
            var facts = new LinkedHashMap<String, Object>();
            facts.put("table", table.folder());
            facts.put("rows", input.rows());
            var counts = new RowCounts();
            for (int group = 0; group < input.rowGroups().size(); group++) {
                inspect(input, table, group, counts);
            }
            if (counts.firstDay <= counts.lastDay) {
                facts.put("firstDate", LocalDate.ofEpochDay(counts.firstDay).toString());
                facts.put("lastDate", LocalDate.ofEpochDay(counts.lastDay).toString());
            }
            return facts;
        }
    }

    private static void inspect(ParquetInput input, Table table, int group, RowCounts counts) throws IOException {
        var known = table.columns();
        var columns = input.columns().stream()
                .filter(ColumnFacts::isFlat)
                .map(ColumnFacts::name)
                .filter(known::contains)
                .toList();
        var reader = input.rowGroup(group, columns);
        var time = columns.contains(TimeColumn.NAME) ? new TimeColumn(reader, input) : null;
        var numbers = new ArrayList<NumberColumn>();
        var texts = new ArrayList<BinaryColumn>();
        for (var column : columns) {
            if (Table.isNumber(column)) {
                numbers.add(new NumberColumn(reader, input, column));
            } else if (!column.equals(TimeColumn.NAME) && isText(input, column)) {
                texts.add(reader.binaries(column));
            }
        }
        long[] starts = new long[BATCH_ROWS];
        double[] values = new double[BATCH_ROWS];
        int count = reader.next(BATCH_ROWS);
        while (count > 0) {
            if (time != null) {
                time.read(count, starts, 0);
                for (int i = 0; i < count; i++) {
                    counts.day(DayRange.day(starts[i]));
                }
            }
            for (var number : numbers) {
                number.read(count, values, 0);
            }
            for (var text : texts) {
                utf8(text, count, input.name(), reader.row());
            }
            count = reader.next(BATCH_ROWS);
        }
    }

    private static boolean isText(ParquetInput input, String column) {
        var facts = input.find(column).orElseThrow();
        if (facts.physical() != Physical.BYTE_ARRAY) {
            throw new EngineException(
                    FailureCode.INVALID_INPUT,
                    "%s, column %s: its type %s is no text".formatted(input.name(), column, facts.type()));
        }
        return true;
    }

    private static void utf8(BinaryColumn column, int count, String file, long firstRow) {
        int from = column.from();
        for (int i = 0; i < count; i++) {
            var strings = column.isCoded() ? column.dictionary() : column.strings();
            int index = column.isCoded() ? column.codes()[from + i] : from + i;
            if (index >= 0 && strings.lengths()[index] >= 0) {
                int start = strings.starts()[index];
                if (!Utf8.isValid(strings.bytes(), start, start + strings.lengths()[index])) {
                    throw BadRow.of(file, firstRow + i, "column %s is not UTF-8".formatted(column.name()));
                }
            }
        }
    }
}
