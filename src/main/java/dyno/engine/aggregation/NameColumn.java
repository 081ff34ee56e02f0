package dyno.engine.aggregation;

import dyno.engine.EngineException;
import dyno.engine.parquet.BinaryColumn;
import dyno.engine.parquet.ParquetInput;
import dyno.engine.parquet.RowGroupReader;

/// A column of names of a row group, as numbers. Used by one thread at a time.
final class NameColumn {

    private final RowGroupReader reader;
    private final String file;
    private final String name;
    private final Names names;
    private final boolean emptyIsNull;
    /// Number + 2 by code; 0 where not looked up yet.
    private int[] byCode = new int[0];

    /// @param emptyIsNull whether the empty text counts as null
    NameColumn(RowGroupReader reader, ParquetInput input, String name, Names names, boolean emptyIsNull) {
        this.reader = reader;
        this.file = input.name();
        this.name = name;
        this.names = names;
        this.emptyIsNull = emptyIsNull;
    }

    /// Copies the batch's `count` numbers, [Names#NULL] for null.
    ///
    /// @throws EngineException for a text that the result's column does not take, with file and row
    void read(int count, int[] out, int at) {
        var column = reader.binaries(name);
        int from = column.from();
        if (!column.isCoded()) {
            var strings = column.strings();
            for (int i = 0; i < count; i++) {
                out[at + i] = number(strings.bytes(), strings.starts()[from + i], strings.lengths()[from + i], i);
            }
            return;
        }
        int[] codes = column.codes();
        if (byCode.length < column.dictionary().size()) {
            byCode = new int[column.dictionary().size()];
        }
        int[] known = byCode;
        for (int i = 0; i < count; i++) {
            int code = codes[from + i];
            if (code < 0) {
                out[at + i] = Names.NULL;
            } else {
                int number = known[code];
                out[at + i] = (number != 0 ? number : lookUp(column, code, i)) - 2;
            }
        }
    }

    private int lookUp(BinaryColumn column, int code, int row) {
        var texts = column.dictionary();
        byCode[code] = number(texts.bytes(), texts.starts()[code], texts.lengths()[code], row) + 2;
        return byCode[code];
    }

    /// @param row of the batch
    private int number(byte[] bytes, int start, int length, int row) {
        if (length < 0 || (length == 0 && emptyIsNull)) {
            return Names.NULL;
        }
        try {
            return names.number(bytes, start, length);
        } catch (EngineException e) {
            throw BadRow.of(file, reader.row() + row, String.valueOf(e.getMessage()));
        }
    }
}
