package dyno.engine.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.jspecify.annotations.Nullable;

/// A local file whose stream is closed by who made it: the library's writer leaves it open once a write has failed, as
/// on a full disk. Used by one thread at a time.
final class OwnedOutputFile implements OutputFile, Closeable {

    private final OutputFile file;
    private @Nullable PositionOutputStream stream;

    OwnedOutputFile(Path file) {
        this.file = new LocalOutputFile(file);
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) throws IOException {
        return owned(file.create(blockSizeHint));
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
        return owned(file.createOrOverwrite(blockSizeHint));
    }

    private PositionOutputStream owned(PositionOutputStream made) {
        stream = made;
        return made;
    }

    @Override
    public boolean supportsBlockSize() {
        return file.supportsBlockSize();
    }

    @Override
    public long defaultBlockSize() {
        return file.defaultBlockSize();
    }

    @Override
    public String getPath() {
        return file.getPath();
    }

    @Override
    public void close() throws IOException {
        if (stream != null) {
            stream.close();
        }
    }
}
