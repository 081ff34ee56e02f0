package dyno.engine.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// A column chunk's bytes, one after the other, through a small buffer. Used by one thread at a time.
final class ChunkStream extends InputStream {

    /// Page headers are some tens of bytes; pages themselves are read past the buffer.
    private static final int BUFFER_BYTES = 16 << 10;

    private final RangedInput input;
    private final long end;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long bufferBegin;
    private int at;
    private int filled;

    ChunkStream(RangedInput input, long begin, long end) {
        this.input = input;
        this.bufferBegin = begin;
        this.end = end;
    }

    /// Bytes from the input's start to the next byte.
    long position() {
        return bufferBegin + at;
    }

    long left() {
        return end - position();
    }

    @Override
    public int read() throws IOException {
        if (at == filled && !fill()) {
            return -1;
        }
        return buffer[at++] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == filled && !fill()) {
            return -1;
        }
        int count = Math.min(length, filled - at);
        System.arraycopy(buffer, at, into, from, count);
        at += count;
        return count;
    }

    /// Reads exactly `length` bytes.
    ///
    /// @throws EOFException where the chunk has fewer
    void readFully(byte[] into, int from, int length) throws IOException {
        if (length > left()) {
            throw new EOFException("%d bytes expected, but the column chunk has %d left".formatted(length, left()));
        }
        int buffered = Math.min(length, filled - at);
        System.arraycopy(buffer, at, into, from, buffered);
        at += buffered;
        if (buffered < length) {
            input.read(position(), into, from + buffered, length - buffered);
            bufferBegin = position() + length - buffered;
            at = 0;
            filled = 0;
        }
    }

    private boolean fill() throws IOException {
        bufferBegin += at;
        at = 0;
        filled = (int) Math.min(BUFFER_BYTES, end - bufferBegin); // BUFFER_BYTES bounds it
        if (filled > 0) {
            input.read(bufferBegin, buffer, 0, filled);
        }
        return filled > 0;
    }
}
