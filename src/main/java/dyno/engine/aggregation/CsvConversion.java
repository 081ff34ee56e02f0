package dyno.engine.aggregation;

import dyno.engine.DatasetKind.ReceivedFile;
import dyno.engine.InvalidDatasetException;
import dyno.engine.parquet.OutputColumn;
import dyno.engine.parquet.OutputColumn.Kind;
import dyno.engine.parquet.ParquetOutput;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Makes a Parquet file of a CSV file with a header line: times become microseconds, numbers doubles, the rest text.
/// Columns that no table knows are left out. Used by one thread.
final class CsvConversion {

    private static final int ROW_GROUP_ROWS = 131_072;
    private static final int BUFFER = 1 << 16;

    private final ReceivedFile file;

    CsvConversion(ReceivedFile file) {
        this.file = file;
    }

    /// @throws InvalidDatasetException where it is no CSV of a known table, with the line
    Path convert() throws IOException {
        var target = file.scratch().resolve("converted.parquet");
        try (var in = open();
                var reader = new BufferedReader(
                        new InputStreamReader(
                                in,
                                StandardCharsets.UTF_8
                                        .newDecoder()
                                        .onMalformedInput(CodingErrorAction.REPORT)
                                        .onUnmappableCharacter(CodingErrorAction.REPORT)),
                        BUFFER)) {
            convert(new CsvReader(reader), target);
        } catch (CharacterCodingException e) {
            throw new InvalidDatasetException(file.name(), "The text is not UTF-8", e).atLine(firstLineThatIsNotUtf8());
        } catch (CsvReader.CsvException e) {
            throw new InvalidDatasetException(file.name(), String.valueOf(e.getMessage()), e).atLine(e.line());
        } catch (ZipException | java.io.EOFException e) {
            throw new InvalidDatasetException(file.name(), "The gzip is damaged: " + e.getMessage(), e);
        }
        return target;
    }

    /// Readers decode far ahead, so it is looked for. No byte of a longer sequence is a line feed.
    private long firstLineThatIsNotUtf8() throws IOException {
        try (var in = new BufferedInputStream(open(), BUFFER)) {
            var bytes = new ByteArrayOutputStream();
            long number = 1;
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n') {
                    bytes.write(next);
                } else if (Utf8.isValid(bytes.toByteArray(), 0, bytes.size())) {
                    bytes.reset();
                    number++;
                } else {
                    break;
                }
            }
            return number;
        }
    }

    private InputStream open() throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file.content()), BUFFER);
        in.mark(2);
        boolean isGzip = in.read() == 0x1F && in.read() == 0x8B;
        in.reset();
        return isGzip ? new GZIPInputStream(in, BUFFER) : in;
    }

    private void convert(CsvReader csv, Path target) throws IOException {
        var header = csv.next();
        if (header == null) {
            throw new InvalidDatasetException(file.name(), "The file is empty; its first line names the columns")
                    .atLine(1);
        }
        var names = new ArrayList<String>();
        for (var name : header) {
            names.add(name == null ? "" : name.strip());
        }
        var table = table(names);
        var kept = new ArrayList<Integer>();
        var columns = new ArrayList<OutputColumn>();
        for (int i = 0; i < names.size(); i++) {
            if (table.columns().contains(names.get(i))) {
                kept.add(i);
                columns.add(column(names.get(i)));
            }
        }
        try (var out = ParquetOutput.create(target, columns, ROW_GROUP_ROWS)) {
            var fields = csv.next();
            while (fields != null) {
                if (fields.size() != names.size()) {
                    throw new InvalidDatasetException(
                                    file.name(),
                                    "The line has %d fields, but the header %d".formatted(fields.size(), names.size()))
                            .atLine(csv.line());
                }
                for (int column = 0; column < kept.size(); column++) {
                    put(out, column, columns.get(column), fields.get(kept.get(column)), csv.line());
                }
                out.endRow();
                if (out.rows() % ROW_GROUP_ROWS == 0 && Files.size(target) > file.maxBytes()) {
                    throw new dyno.engine.DatasetTooLargeException(file.name(), file.maxBytes());
                }
                fields = csv.next();
            }
            out.finish();
        }
    }

    private Table table(List<String> names) {
        var set = new HashSet<>(names);
        if (set.size() < names.size()) {
            throw new InvalidDatasetException(file.name(), "The header names a column twice").atLine(1);
        }
        var table = Table.of(set)
                .orElseThrow(() -> new InvalidDatasetException(
                                file.name(), "The header is that of no table: " + String.join(", ", names))
                        .atLine(1));
        var missing = table.missing(set);
        if (!missing.isEmpty()) {
            throw new InvalidDatasetException(
                            file.name(),
                            "The header is that of %s but lacks %s"
                                    .formatted(table.folder(), String.join(", ", missing)))
                    .atLine(1)
                    .atColumn(missing.getFirst());
        }
        return table;
    }

    private static OutputColumn column(String name) {
        if (name.equals(TimeColumn.NAME)) {
            return OutputColumn.required(name, Kind.TIMESTAMP_MICROS);
        }
        return OutputColumn.nullable(name, Table.isNumber(name) ? Kind.DOUBLE : Kind.STRING);
    }

    private void put(ParquetOutput out, int index, OutputColumn column, @Nullable String value, long line) {
        if (value == null) {
            if (!column.isNullable()) {
                throw wrong(column, "null", "is null", line);
            }
            out.putNull(index);
            return;
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        switch (column.kind()) {
            case TIMESTAMP_MICROS ->
                out.putLong(
                        index,
                        Times.parse(utf8, 0, utf8.length).orElseThrow(() -> wrong(column, value, "is no time", line)));
            case DOUBLE -> {
                var number = NumberColumn.parse(value);
                if (number.isEmpty()) {
                    throw wrong(column, value, "is no number", line);
                }
                out.putDouble(index, number.getAsDouble());
            }
            default -> out.putBytes(index, utf8, 0, utf8.length);
        }
    }

    private InvalidDatasetException wrong(OutputColumn column, String value, String fault, long line) {
        return new InvalidDatasetException(
                        file.name(),
                        "%s '%s' %s".formatted(column.name(), value.substring(0, Math.min(40, value.length())), fault))
                .atLine(line)
                .atColumn(column.name());
    }
}
