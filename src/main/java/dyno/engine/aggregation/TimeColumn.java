package dyno.engine.aggregation;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.parquet.BinaryColumn;
import dyno.engine.parquet.ColumnFacts;
import dyno.engine.parquet.ColumnFacts.Physical;
import dyno.engine.parquet.ColumnFacts.TimestampUnit;
import dyno.engine.parquet.ParquetInput;
import dyno.engine.parquet.RowGroupReader;

/// The column `interval_start` of a row group, as microseconds UTC. Used by one thread at a time.
final class TimeColumn {

    static final String NAME = "interval_start";

    private final RowGroupReader reader;
    private final ColumnFacts facts;
    private final String file;
    private long[] dictionaryTimes = new long[0];
    private boolean[] isKnown = new boolean[0];

    /// @throws EngineException where the column's type is none that times are stored in
    TimeColumn(RowGroupReader reader, ParquetInput input) {
        this.reader = reader;
        this.file = input.name();
        this.facts = input.find(NAME).orElseThrow();
        boolean isReadable = switch (facts.physical()) {
            case INT64 -> facts.timestamp() != null;
            case INT96, BYTE_ARRAY -> true;
            case BOOLEAN, INT32, FLOAT, DOUBLE, FIXED_LEN_BYTE_ARRAY -> false;
        };
        if (!isReadable) {
            throw new EngineException(
                    FailureCode.INVALID_INPUT,
                    "%s, column %s: its type %s holds no time; use a timestamp or text"
                            .formatted(file, NAME, facts.type()));
        }
    }

    /// Copies the batch's `count` times.
    ///
    /// @throws EngineException for a time that is null or cannot be parsed, with file and row
    void read(int count, long[] out, int at) {
        if (facts.physical() == Physical.INT64) {
            integers(count, out, at);
        } else {
            binaries(count, out, at);
        }
    }

    private void integers(int count, long[] out, int at) {
        var column = reader.longs(NAME);
        int from = column.from();
        if (column.hasNulls()) {
            for (int i = 0; i < count; i++) {
                if (column.nulls()[from + i]) {
                    throw nullTime(i);
                }
            }
        }
        System.arraycopy(column.values(), from, out, at, count);
        var unit = facts.timestamp();
        if (unit == TimestampUnit.MILLIS) {
            for (int i = at; i < at + count; i++) {
                if (Math.abs(out[i]) > Long.MAX_VALUE / 1000) {
                    throw BadRow.of(file, reader.row() + i - at, "interval_start %d is no time".formatted(out[i]));
                }
                out[i] *= 1000;
            }
        } else if (unit == TimestampUnit.NANOS) {
            for (int i = at; i < at + count; i++) {
                out[i] = Math.floorDiv(out[i], 1000);
            }
        }
    }

    private void binaries(int count, long[] out, int at) {
        var column = reader.binaries(NAME);
        int from = column.from();
        for (int i = 0; i < count; i++) {
            if (column.isCoded()) {
                int code = column.codes()[from + i];
                if (code < 0) {
                    throw nullTime(i);
                }
                out[at + i] = coded(column, code, i);
            } else {
                var strings = column.strings();
                int length = strings.lengths()[from + i];
                if (length < 0) {
                    throw nullTime(i);
                }
                out[at + i] = time(strings.bytes(), strings.starts()[from + i], length, i);
            }
        }
    }

    private long coded(BinaryColumn column, int code, int row) {
        var texts = column.dictionary();
        if (dictionaryTimes.length < texts.size()) {
            dictionaryTimes = new long[texts.size()];
            isKnown = new boolean[texts.size()];
        }
        if (!isKnown[code]) {
            dictionaryTimes[code] = time(texts.bytes(), texts.starts()[code], texts.lengths()[code], row);
            isKnown[code] = true;
        }
        return dictionaryTimes[code];
    }

    private long time(byte[] bytes, int start, int length, int row) {
        if (facts.physical() == Physical.INT96) {
            return Times.int96(bytes, start);
        }
        return Times.parse(bytes, start, length)
                .orElseThrow(() -> BadRow.of(
                        file,
                        reader.row() + row,
                        "interval_start '%s' is no time"
                                .formatted(new String(
                                        bytes, start, Math.min(40, length), java.nio.charset.StandardCharsets.UTF_8))));
    }

    private EngineException nullTime(int row) {
        return BadRow.of(file, reader.row() + row, "interval_start is null");
    }
}
