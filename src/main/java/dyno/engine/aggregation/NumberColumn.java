package dyno.engine.aggregation;

import dyno.engine.parquet.BinaryColumn;
import dyno.engine.parquet.ColumnFacts;
import dyno.engine.parquet.ParquetInput;
import dyno.engine.parquet.RowGroupReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// A column of numbers of a row group, however they are stored; NaN is null. Used by one thread at a time.
final class NumberColumn {

    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),\\s*(\\d+)\\)");

    private final RowGroupReader reader;
    private final ColumnFacts facts;
    private final String file;
    /// Digits after the point of a DECIMAL; -1 for any other type.
    private final int scale;

    NumberColumn(RowGroupReader reader, ParquetInput input, String column) {
        this.reader = reader;
        this.file = input.name();
        this.facts = input.find(column).orElseThrow();
        var logical = facts.logical();
        var decimal = DECIMAL.matcher(logical == null ? "" : logical);
        this.scale = !decimal.matches() ? -1 : Integer.parseInt(decimal.group(2));
    }

    /// Copies the batch's `count` values.
    ///
    /// @throws dyno.engine.EngineException for text that is no number, with file, row and column
    void read(int count, double[] out, int at) {
        switch (facts.physical()) {
            case DOUBLE, FLOAT -> {
                var column = reader.doubles(facts.name());
                System.arraycopy(column.values(), column.from(), out, at, count);
                if (column.hasNulls()) {
                    nulls(column.nulls(), column.from(), count, out, at);
                }
            }
            case INT64, INT32, BOOLEAN -> {
                var column = reader.longs(facts.name());
                long[] values = column.values();
                int from = column.from();
                for (int i = 0; i < count; i++) {
                    out[at + i] = scale > 0
                            ? BigDecimal.valueOf(values[from + i], scale).doubleValue()
                            : values[from + i];
                }
                if (column.hasNulls()) {
                    nulls(column.nulls(), from, count, out, at);
                }
            }
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY, INT96 -> texts(reader.binaries(facts.name()), count, out, at);
        }
    }

    private static void nulls(boolean[] nulls, int from, int count, double[] out, int at) {
        for (int i = 0; i < count; i++) {
            if (nulls[from + i]) {
                out[at + i] = Double.NaN;
            }
        }
    }

    private void texts(BinaryColumn column, int count, double[] out, int at) {
        int from = column.from();
        for (int i = 0; i < count; i++) {
            var texts = column.isCoded() ? column.dictionary() : column.strings();
            int index = column.isCoded() ? column.codes()[from + i] : from + i;
            out[at + i] = index < 0 || texts.lengths()[index] < 0
                    ? Double.NaN
                    : number(texts.bytes(), texts.starts()[index], texts.lengths()[index], i);
        }
    }

    private double number(byte[] bytes, int start, int length, int row) {
        if (scale >= 0) {
            var unscaled = new BigInteger(Arrays.copyOfRange(bytes, start, start + length));
            return new BigDecimal(unscaled, scale).doubleValue();
        }
        var text = new String(bytes, start, length, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            return Double.NaN;
        }
        return parse(text).orElseThrow(() -> notANumber(text, row));
    }

    /// A decimal number, `NaN` or an infinity; empty for anything else. Java's own syntax also takes suffixes and
    /// hexadecimal, which data does not mean.
    static OptionalDouble parse(String text) {
        char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
        if (!Character.isDigit(last) && last != '.' && !text.endsWith("NaN") && !text.endsWith("Infinity")) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private RuntimeException notANumber(String text, int row) {
        return BadRow.of(
                file,
                reader.row() + row,
                "column %s: '%s' is no number".formatted(facts.name(), text.substring(0, Math.min(40, text.length()))));
    }
}
