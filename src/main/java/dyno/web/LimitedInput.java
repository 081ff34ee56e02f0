package dyno.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/// A body that ends with `too-large` instead of its byte `maxBytes` + 1, and with `request-timeout` where it stops
/// arriving or trickles.
///
/// Used by one thread at a time.
final class LimitedInput extends ServletInputStream {

    private final ServletInputStream input;
    private final long maxBytes;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final long limitNanos;
    private final LongConsumer arrived;
    private long left;

    /// How much of a body is taken, and for how long.
    ///
    /// @param limitNanos by `nanoTime`, from the first look at the body to its last byte
    record Bounds(long maxBytes, LongSupplier nanoTime, long limitNanos) {}

    /// @param declaredBytes `Content-Length`; negative where the body comes in chunks
    /// @param arrived       told how many bytes have arrived, whenever some have; may refuse the rest by throwing
    /// @throws ProblemException `too-large` where the body says that it is, before anything is read of it
    LimitedInput(ServletInputStream input, Bounds bounds, long declaredBytes, LongConsumer arrived) {
        this.input = input;
        this.maxBytes = bounds.maxBytes();
        this.nanoTime = bounds.nanoTime();
        this.startNanos = nanoTime.getAsLong();
        this.limitNanos = bounds.limitNanos();
        this.arrived = arrived;
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
        if (nanoTime.getAsLong() - startNanos > limitNanos) {
            throw new ProblemException(ProblemCode.REQUEST_TIMEOUT, "The body arrives too slowly");
        }
        left -= read;
        if (left < 0) {
            throw tooLarge();
        }
        arrived.accept(maxBytes - left);
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
