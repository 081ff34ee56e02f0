package dyno.engine.grouping;

import dyno.engine.kernel.Closing;
import dyno.engine.parquet.ParquetInput;
import dyno.engine.parquet.RowGroupFacts;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The input's files, open. Safe for any number of threads; closed by whoever opened them.
final class InputFiles implements Closeable {

    /// A row group of one of the files.
    ///
    /// @param file     0-based
    /// @param facts    within its file
    /// @param firstRow of its rows, 0-based in the input as a whole
    record Part(int file, RowGroupFacts facts, long firstRow) {}

    private final List<ParquetInput> files = new ArrayList<>();
    private final List<MeasurementSchema> schemas = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private long rows;

    /// @throws dyno.engine.parquet.ParquetException where a file is not Parquet
    /// @throws UnfitColumnException                 where a column is missing or of another type
    static InputFiles open(List<Path> paths) throws IOException {
        var opened = new InputFiles();
        try {
            for (var path : paths) {
                opened.add(ParquetInput.open(path));
            }
            return opened;
        } catch (Throwable e) {
            Closing.all(opened.files).after(e);
            throw e;
        }
    }

    private void add(ParquetInput file) {
        int index = files.size();
        files.add(file);
        schemas.add(MeasurementSchema.of(file));
        for (var group : file.rowGroups()) {
            parts.add(new Part(index, group, rows));
            rows += group.rows();
        }
    }

    List<Part> parts() {
        return parts;
    }

    ParquetInput file(int index) {
        return files.get(index);
    }

    MeasurementSchema schema(int index) {
        return schemas.get(index);
    }

    int count() {
        return files.size();
    }

    long rows() {
        return rows;
    }

    @Override
    public void close() throws IOException {
        Closing.all(files).close();
    }
}
