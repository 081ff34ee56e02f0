package dyno.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;

/// A body that ends with `too-large` instead of its byte `maxBytes` + 1, and with `request-timeout` where it stops
/// arriving.
///
/// Used by one thread at a time.
final class LimitedInput extends ServletInputStream {

    private final ServletInputStream input;
    private final long maxBytes;
    private long left;

    /// @param declaredBytes `Content-Length`; negative where the body comes in chunks
    /// @throws ProblemException `too-large` where the body says that it is, before anything is read of it
    LimitedInput(ServletInputStream input, long maxBytes, long declaredBytes) {
        this.input = input;
        this.maxBytes = maxBytes;
        this.left = maxBytes;
        if (declaredBytes > maxBytes) {
            throw tooLarge();
        }
    }

    @Override
    public int read() throws IOException {
        try {
            int read = input.read();
            if (read >= 0) {
                count(1);
            }
            return read;
        } catch (SocketTimeoutException e) {
            throw tooSlow(e);
        }
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        try {
            int read = input.read(buffer, from, length);
            if (read > 0) {
                count(read);
            }
            return read;
        } catch (SocketTimeoutException e) {
            throw tooSlow(e);
        }
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

    private static ProblemException tooSlow(SocketTimeoutException e) {
        var problem = new ProblemException(ProblemCode.REQUEST_TIMEOUT, "The body stopped arriving");
        problem.initCause(e);
        return problem;
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
