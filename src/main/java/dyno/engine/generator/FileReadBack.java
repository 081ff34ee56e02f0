package dyno.engine.generator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Whether a file holds the stream that was written to it.
final class FileReadBack {

    private FileReadBack() {}

    /// Where they differ; null where they do not.
    static @Nullable String difference(Path file, Content content) throws IOException {
        long size = Files.size(file);
        if (size != content.length()) {
            return "%s has %d bytes, not %d".formatted(file.getFileName(), size, content.length());
        }
        var reader = new StreamReader(content);
        try (InputStream in = Files.newInputStream(file)) {
            for (long at = 0; at < size; at += StreamReader.PIECE_BYTES) {
                int count = (int) Math.min(StreamReader.PIECE_BYTES, size - at);
                int mismatch = Arrays.mismatch(in.readNBytes(count), reader.bytes(at, count));
                if (mismatch >= 0) {
                    return "%s differs from its stream at byte %d".formatted(file.getFileName(), at + mismatch);
                }
            }
        }
        return null;
    }
}
