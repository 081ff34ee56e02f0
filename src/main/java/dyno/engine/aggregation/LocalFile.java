package dyno.engine.aggregation;

import dyno.engine.parquet.ParquetInput;
import dyno.engine.parquet.RangedInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/// A file on disk.
///
/// @param name     path below the input's folder
/// @param modified when it was last modified, as of the trial's preparing
record LocalFile(String name, Path path, long bytes, FileTime modified) implements InputFile {

    static LocalFile of(Path folder, Path path) throws IOException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new LocalFile(
                folder.relativize(path).toString(), path, attributes.size(), attributes.lastModifiedTime());
    }

    /// The same file under another name.
    LocalFile named(String other) {
        return new LocalFile(other, path, bytes, modified);
    }

    @Override
    public ParquetInput open() throws IOException {
        return ParquetInput.open(RangedInput.of(path).named(name));
    }

    @Override
    public @Nullable String change() throws IOException {
        if (!Files.exists(path)) {
            return name + " is gone";
        }
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (attributes.size() != bytes) {
            return "%s had %d bytes and has %d".formatted(name, bytes, attributes.size());
        }
        return attributes.lastModifiedTime().equals(modified)
                ? null
                : "%s was modified at %s, and again at %s".formatted(name, modified, attributes.lastModifiedTime());
    }
}
