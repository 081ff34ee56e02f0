package dyno.engine.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/// Bytes that can be read from any position: a file, or an object of a store.
///
/// Safe for any number of threads.
public interface RangedInput extends Closeable {

    /// A file on disk, read with positional reads and never mapped.
    ///
    /// @throws java.nio.file.NoSuchFileException where there is none
    static RangedInput of(Path file) throws IOException {
        return new FileInput(file);
    }

    /// The same bytes under another name: the one that a client gave the file, or a path that tells one day's file from
    /// another's.
    default RangedInput named(String name) {
        return new NamedInput(name, this);
    }

    /// What messages call it: a file's name without its folder.
    String name();

    /// Length in bytes.
    long size();

    /// Reads exactly `length` bytes that start at `position`.
    ///
    /// @throws java.io.EOFException where the input ends before
    void read(long position, byte[] into, int from, int length) throws IOException;
}
