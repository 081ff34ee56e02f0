package dyno.fork;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Reads lines of bounded length. Used by one thread at a time.
final class LineReader {

    private final InputStream in;
    private final int maxBytes;
    private boolean overlong;

    LineReader(InputStream in, int maxBytes) {
        this.in = new BufferedInputStream(in);
        this.maxBytes = maxBytes;
    }

    /// The next line without its end, be that a line feed or the end of the stream; at most `maxBytes` of it, in
    /// which case [#isOverlong] is true and the rest comes as the next line.
    ///
    /// @return empty at the end of the stream
    Optional<byte[]> next() throws IOException {
        var line = new ByteArrayOutputStream();
        overlong = false;
        int read;
        while ((read = in.read()) >= 0) {
            if (read == '\n') {
                return Optional.of(line.toByteArray());
            }
            line.write(read);
            if (line.size() > maxBytes) {
                overlong = true;
                return Optional.of(line.toByteArray());
            }
        }
        return line.size() == 0 ? Optional.empty() : Optional.of(line.toByteArray());
    }

    /// Whether the line that [#next] gave last was cut.
    boolean isOverlong() {
        return overlong;
    }
}
