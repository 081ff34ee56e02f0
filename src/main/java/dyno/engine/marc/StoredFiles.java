package dyno.engine.marc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Compares output files that were written with what they should hold, as it comes by file after file.
///
/// Used by one thread at a time.
final class StoredFiles implements AutoCloseable {

    private final boolean isStored;
    private final IntFunction<Path> paths;
    private final int files;
    private int current = -1;
    private @Nullable InputStream in;
    private @Nullable String difference;

    /// @param isStored whether there are files at all
    StoredFiles(boolean isStored, IntFunction<Path> paths, int files) {
        this.isStored = isStored;
        this.paths = paths;
        this.files = files;
    }

    void compare(int file, byte[] bytes, int count) throws IOException {
        if (!isStored || difference != null) {
            return;
        }
        while (current < file) {
            next();
        }
        if (in == null) {
            throw new IllegalStateException("File %d came after file %d".formatted(file, current));
        }
        byte[] found = in.readNBytes(count);
        if (!Arrays.equals(found, 0, found.length, bytes, 0, count)) {
            difference = "%s holds something else".formatted(paths.apply(file).getFileName());
        }
    }

    private void next() throws IOException {
        expectEnd();
        current++;
        in = Files.newInputStream(paths.apply(current));
    }

    private void expectEnd() throws IOException {
        if (in != null) {
            if (in.read() >= 0 && difference == null) {
                difference = "%s goes on".formatted(paths.apply(current).getFileName());
            }
            in.close();
            in = null;
        }
    }

    /// What differs once all output came by; null where nothing does.
    @Nullable
    String difference() throws IOException {
        if (isStored && difference == null) {
            while (current < files - 1) {
                next();
            }
            expectEnd();
        }
        return difference;
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}
