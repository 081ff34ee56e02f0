package dyno.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/// A body that ends with an exception instead of its byte `maxBytes` + 1.
///
/// Used by one thread at a time.
final class LimitedInput extends ServletInputStream {

    private final ServletInputStream input;
    private final int maxBytes;
    private long left;

    /// @param declaredBytes `Content-Length`; negative where the body comes in chunks
    /// @throws ProblemException `too-large` where the body says that it is, before anything is read of it
    LimitedInput(ServletInputStream input, int maxBytes, long declaredBytes) {
        this.input = input;
        this.maxBytes = maxBytes;
        this.left = maxBytes;
        if (declaredBytes > maxBytes) {
            throw tooLarge();
        }
    }

    @Override
    public int read() throws IOException {
        int read = input.read();
        if (read >= 0) {
            count(1);
        }
        return read;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read = input.read(buffer, from, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    private void count(int read) {
        left -= read;
        if (left < 0) {
            throw tooLarge();
        }
    }

    private ProblemException tooLarge() {
        return new ProblemException(ProblemCode.TOO_LARGE, "The body is larger than %d bytes".formatted(maxBytes));
    }

    @Override
    public boolean isFinished() {
        return input.isFinished();
    }

    @Override
    public boolean isReady() {
        return input.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        input.setReadListener(listener);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
