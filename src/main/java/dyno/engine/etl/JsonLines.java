package dyno.engine.etl;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// The lines of a JSON Lines file, one after the other, in a window that grows to the longest of them. Blank lines
/// are
/// passed over; the end of a line may be `\n` or `\r\n`, and the last one needs none.
///
/// Used by one thread at a time.
final class JsonLines implements AutoCloseable {

    /// Longer ones are not read: no line may take a job's memory.
    static final int MAX_LINE_BYTES = 16 << 20;

    private static final int CAPACITY = 64 * 1024;

    private final InputStream in;
    private byte[] window = new byte[CAPACITY];
    private int filled;
    private int from;
    private int to;
    private int next;
    private long windowOffset;
    private long number;

    JsonLines(InputStream in) {
        this.in = in;
    }

    /// Thrown at a line that is longer than [#MAX_LINE_BYTES].
    static final class LineTooLongException extends IOException {

        private static final long serialVersionUID = 1L;

        LineTooLongException() {
            super("The line is longer than %d bytes".formatted(MAX_LINE_BYTES));
        }
    }

    /// Goes to the next line that is not blank.
    ///
    /// @return false at the end
    /// @throws LineTooLongException where there is one; [#number] and [#offset] are its
    boolean advance() throws IOException {
        while (advanceOne()) {
            if (!isBlank()) {
                return true;
            }
        }
        return false;
    }

    private boolean advanceOne() throws IOException {
        from = next;
        int at = from;
        number++;
        while (true) {
            while (at < filled && window[at] != '\n') {
                at++;
            }
            if (at < filled) {
                to = at;
                next = at + 1;
                break;
            }
            if (at - from > MAX_LINE_BYTES) {
                throw new LineTooLongException();
            }
            int moved = from;
            if (!fill()) {
                to = filled;
                next = filled;
                return to > from && requireShort();
            }
            at -= moved - from;
        }
        return requireShort();
    }

    private boolean requireShort() throws LineTooLongException {
        if (to > from && window[to - 1] == '\r') {
            to--;
        }
        if (to - from > MAX_LINE_BYTES) {
            throw new LineTooLongException();
        }
        return true;
    }

    /// Reads more behind what is there; the line moves to the window's begin first.
    private boolean fill() throws IOException {
        if (from > 0) {
            System.arraycopy(window, from, window, 0, filled - from);
            windowOffset += from;
            filled -= from;
            from = 0;
        }
        if (filled == window.length) {
            window = Arrays.copyOf(window, 2 * window.length);
        }
        int count = in.read(window, filled, window.length - filled);
        filled += Math.max(0, count);
        return count >= 0;
    }

    private boolean isBlank() {
        for (int i = from; i < to; i++) {
            if (window[i] != ' ' && window[i] != '\t' && window[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /// The line stands in here, from [#from] to [#to] (exclusive), until the next [#advance].
    byte[] bytes() {
        return window;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    int length() {
        return to - from;
    }

    /// 1-based; blank lines count.
    long number() {
        return number;
    }

    /// Of the line's first byte in the file.
    long offset() {
        return windowOffset + from;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
