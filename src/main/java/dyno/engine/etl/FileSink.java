package dyno.engine.etl;

import dyno.engine.TrialContext;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One JSON Lines file a worker in the scratch folder. Safe for any number of threads.
///
/// ```text
/// loaded/0-0.jsonl.part    what worker 0 of pipeline 0 writes
/// loaded/0-0.jsonl         the same once it is complete and on the disk
/// ```
final class FileSink implements EtlSink {

    private final Path folder;

    private FileSink(Path folder) {
        this.folder = folder;
    }

    static FileSink open(TrialContext context) throws IOException {
        return new FileSink(Files.createDirectories(context.scratch().resolve("loaded")));
    }

    @Override
    public Loader open(int pipeline, int worker) throws IOException {
        return new FileLoader(folder.resolve("%d-%d.jsonl".formatted(pipeline, worker)));
    }

    /// Files of the last invocation go; loaders begin theirs anew with the first batch.
    @Override
    public void reset() throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                Files.delete(file);
            }
        }
    }

    @Override
    public @Nullable String disagreement(Expected expected) throws IOException {
        var found = LineTotals.NONE;
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                if (file.toString().endsWith(FileLoader.PART)) {
                    return file.getFileName() + " was not finished";
                }
                found = found.plus(totals(file));
            }
        }
        if (expected.lines() != null) {
            return found.equals(expected.lines())
                    ? null
                    : "the files hold %s, expected %s".formatted(found, expected.lines());
        }
        return found.count() == expected.records()
                ? null
                : "the files hold %d lines, expected %d".formatted(found.count(), expected.records());
    }

    private static LineTotals totals(Path file) throws IOException {
        var totals = LineTotals.NONE;
        var line = new byte[1024];
        int length = 0;
        try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n') {
                    totals = totals.plus(LineTotals.hash(line, 0, length));
                    length = 0;
                } else {
                    if (length == line.length) {
                        line = Arrays.copyOf(line, 2 * length);
                    }
                    line[length++] = (byte) b;
                }
            }
        }
        if (length > 0) {
            throw new IOException(file + " ends within a line");
        }
        return totals;
    }

    @Override
    public void close() throws IOException {
        reset();
        Files.delete(folder);
    }
}
