package dyno.engine.grouping;

import dyno.engine.grouping.InputFiles.Part;
import dyno.engine.parquet.BinaryColumn;
import dyno.engine.parquet.ByteStrings;
import dyno.engine.parquet.RowGroupReader;
import java.io.IOException;
import java.util.List;

/// Loads one column of one row group into [InputColumns]. Several may run beside each other.
///
/// Addresses become numbers through the row group's dictionary: each of its texts is looked up once, not each row's.
final class ColumnLoad {

    /// The columns of a row group, in the order in which they are dealt: the costly ones first.
    enum Kind {
        DESTINATION,
        SOURCE,
        TIME,
        RTT,
        VERSION
    }

    /// Rows between two looks at whether the trial was cancelled.
    static final int MOST_ROWS = 1 << 16;

    private static final int UNKNOWN = -1;
    private static final int INVALID = -2;

    private final InputFiles files;
    private final InputColumns columns;
    private final Runnable check;

    ColumnLoad(InputFiles files, InputColumns columns, Runnable check) {
        this.files = files;
        this.columns = columns;
        this.check = check;
    }

    /// Loads the part's column.
    void load(Part part, Kind kind) throws IOException {
        var file = files.file(part.file());
        var schema = files.schema(part.file());
        var column = switch (kind) {
            case TIME -> MeasurementSchema.TIME;
            case SOURCE -> MeasurementSchema.SOURCE;
            case DESTINATION -> MeasurementSchema.DESTINATION;
            case VERSION -> MeasurementSchema.VERSION;
            case RTT -> schema.rtt();
        };
        var reader = file.rowGroup(part.facts().index(), List.of(column));
        int to = Math.toIntExact(part.firstRow());
        switch (kind) {
            case TIME -> times(reader, schema, to);
            case SOURCE -> addresses(reader, column, columns.sourceTable, columns.sources, to);
            case DESTINATION -> addresses(reader, column, columns.destinationTable, columns.destinations, to);
            case VERSION -> versions(reader, to);
            case RTT -> rtts(reader, column, to);
        }
    }

    private void times(RowGroupReader reader, MeasurementSchema schema, int firstRow) throws IOException {
        var column = reader.longs(MeasurementSchema.TIME);
        int to = firstRow;
        for (int rows = next(reader); rows > 0; rows = next(reader)) {
            int wrong = MicroTime.convert(schema.unit(), column.values(), column.from(), rows, columns.timeMicros, to);
            if (wrong >= 0) {
                throw InvalidInput.value(
                        reader.file(),
                        reader.row() + wrong - column.from(),
                        MeasurementSchema.TIME,
                        column.values()[wrong],
                        "is no time in microseconds");
            }
            if (column.hasNulls()) {
                System.arraycopy(column.nulls(), column.from(), columns.noTime(), to, rows);
            }
            to += rows;
        }
    }

    private void versions(RowGroupReader reader, int firstRow) throws IOException {
        var column = reader.longs(MeasurementSchema.VERSION);
        byte[] out = columns.ipVersions;
        int to = firstRow;
        for (int rows = next(reader); rows > 0; rows = next(reader)) {
            long[] values = column.values();
            int from = column.from();
            long wrong = 0;
            for (int i = 0; i < rows; i++) {
                long value = values[from + i];
                out[to + i] = (byte) value;
                wrong |= value ^ (byte) value;
            }
            if (wrong != 0) {
                throw wrongVersion(reader, values, from);
            }
            if (column.hasNulls()) {
                System.arraycopy(column.nulls(), from, columns.noVersion(), to, rows);
            }
            to += rows;
        }
    }

    private static RuntimeException wrongVersion(RowGroupReader reader, long[] values, int from) {
        int i = from;
        while (values[i] == (byte) values[i]) {
            i++;
        }
        return InvalidInput.value(
                reader.file(),
                reader.row() + i - from,
                MeasurementSchema.VERSION,
                values[i],
                "is not within -128 to 127");
    }

    private void rtts(RowGroupReader reader, String name, int firstRow) throws IOException {
        var column = reader.doubles(name);
        float[] out = columns.rtts;
        int to = firstRow;
        for (int rows = next(reader); rows > 0; rows = next(reader)) {
            double[] values = column.values();
            int from = column.from();
            for (int i = 0; i < rows; i++) {
                out[to + i] = (float) values[from + i];
            }
            if (column.hasNulls()) {
                System.arraycopy(column.nulls(), from, columns.noRtt(), to, rows);
            }
            to += rows;
        }
    }

    private void addresses(RowGroupReader reader, String name, AddressTable table, int[] out, int firstRow)
            throws IOException {
        var column = reader.binaries(name);
        int[] known = {};
        ByteStrings knownOf = null;
        int to = firstRow;
        for (int rows = next(reader); rows > 0; rows = next(reader)) {
            if (column.isCoded()) {
                if (knownOf != column.dictionary()) {
                    knownOf = column.dictionary();
                    known = numbers(knownOf, table);
                }
                int least = map(column, known, rows, out, to);
                if (least == INVALID) {
                    throw invalidText(reader, column, known, rows);
                }
            } else {
                intern(reader, column, table, rows, out, to);
            }
            to += rows;
        }
    }

    /// @return the least number that was written, at most -1
    private static int map(BinaryColumn column, int[] known, int rows, int[] out, int to) {
        int[] codes = column.codes();
        int from = column.from();
        int least = UNKNOWN;
        if (column.hasNulls()) {
            for (int i = 0; i < rows; i++) {
                int code = codes[from + i];
                int number = code < 0 ? UNKNOWN : known[code];
                out[to + i] = number;
                least = Math.min(least, number);
            }
            return least;
        }
        for (int i = 0; i < rows; i++) {
            int number = known[codes[from + i]];
            out[to + i] = number;
            least = Math.min(least, number);
        }
        return least;
    }

    private static int[] numbers(ByteStrings texts, AddressTable table) {
        int[] numbers = new int[texts.size()];
        synchronized (table) {
            for (int i = 0; i < numbers.length; i++) {
                int from = texts.starts()[i];
                int length = texts.lengths()[i];
                numbers[i] = Utf8Text.isValid(texts.bytes(), from, length)
                        ? table.intern(texts.bytes(), from, length)
                        : INVALID;
            }
        }
        return numbers;
    }

    private static RuntimeException invalidText(RowGroupReader reader, BinaryColumn column, int[] known, int rows) {
        for (int i = 0; i < rows; i++) {
            int code = column.codes()[column.from() + i];
            if (code >= 0 && known[code] == INVALID) {
                byte[] text = column.dictionary().copy(code);
                return notUtf8(reader, column.name(), i, text, 0, text.length);
            }
        }
        throw new IllegalStateException("No row of the batch has the invalid text");
    }

    private static void intern(
            RowGroupReader reader, BinaryColumn column, AddressTable table, int rows, int[] out, int to) {
        var texts = column.strings();
        byte[] bytes = texts.bytes();
        int from = column.from();
        synchronized (table) {
            for (int i = 0; i < rows; i++) {
                int start = texts.starts()[from + i];
                int length = texts.lengths()[from + i];
                if (length < 0) {
                    out[to + i] = UNKNOWN;
                } else if (Utf8Text.isValid(bytes, start, length)) {
                    out[to + i] = table.intern(bytes, start, length);
                } else {
                    throw notUtf8(reader, column.name(), i, bytes, start, length);
                }
            }
        }
    }

    private static RuntimeException notUtf8(
            RowGroupReader reader, String column, int row, byte[] bytes, int from, int length) {
        return InvalidInput.value(
                reader.file(), reader.row() + row, column, Utf8Text.hex(bytes, from, length), "(hex) is not UTF-8");
    }

    private int next(RowGroupReader reader) throws IOException {
        check.run();
        return reader.next(MOST_ROWS);
    }
}
