package dyno.engine.aggregation;

import dyno.engine.parquet.OutputColumn;
import dyno.engine.parquet.OutputColumn.Kind;
import dyno.engine.parquet.OutputLayout;
import dyno.engine.parquet.ParquetOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One Parquet file of generated input. Used by one thread at a time.
final class TableWriter implements AutoCloseable {

    /// Texts that differ from pod to pod fit; their dictionary is what makes reading fast.
    private static final int DICTIONARY_BYTES = 64 << 20;

    private static final int PAGE_BYTES = 256 << 20;
    /// A page has to hold each pod of a large input more than once: writers look at its beginning to decide whether a
    /// dictionary pays.
    private static final int PAGE_ROWS = 262_144;

    private final ParquetOutput output;
    private int column;

    private TableWriter(ParquetOutput output) {
        this.output = output;
    }

    static TableWriter create(Path file, List<OutputColumn> columns, Generate generate) throws IOException {
        Files.createDirectories(file.getParent());
        var codec = OutputLayout.Codec.valueOf(generate.compression().name());
        return new TableWriter(ParquetOutput.create(
                file,
                columns,
                new OutputLayout(
                        generate.rowGroupRows(),
                        codec,
                        Math.min(PAGE_ROWS, generate.rowGroupRows()),
                        PAGE_BYTES,
                        DICTIONARY_BYTES)));
    }

    TableWriter time(long micros) {
        output.putLong(column++, micros);
        return this;
    }

    TableWriter number(double value) {
        output.putDouble(column++, value);
        return this;
    }

    TableWriter text(byte[] utf8) {
        output.putBytes(column++, utf8, 0, utf8.length);
        return this;
    }

    TableWriter text(String text) {
        return text(utf8(text));
    }

    TableWriter textOrNull(byte @Nullable [] utf8) {
        return utf8 == null ? nothing() : text(utf8);
    }

    TableWriter nothing() {
        output.putNull(column++);
        return this;
    }

    void endRow() throws IOException {
        output.endRow();
        column = 0;
    }

    void finish() throws IOException {
        output.finish();
    }

    @Override
    public void close() throws IOException {
        output.close();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Columns by name, each after its kind: `T` a time, `D` a number, `S` text, lower case where it may be null.
    static List<OutputColumn> columns(String... kindsAndNames) {
        var columns = new ArrayList<OutputColumn>();
        for (var kindAndName : kindsAndNames) {
            char kind = kindAndName.charAt(0);
            columns.add(new OutputColumn(
                    kindAndName.substring(2),
                    switch (Character.toUpperCase(kind)) {
                        case 'T' -> Kind.TIMESTAMP_MICROS;
                        case 'D' -> Kind.DOUBLE;
                        case 'S' -> Kind.STRING;
                        default -> throw new IllegalArgumentException(kindAndName);
                    },
                    Character.isLowerCase(kind)));
        }
        return List.copyOf(columns);
    }
}
