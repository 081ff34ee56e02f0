package dyno.engine.marc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A growing buffer of serialised records, and where it is emptied to. Used by one thread at a time.
final class Output {

    /// Small enough to stay in the second-level cache while it is filled over and over.
    static final int FLUSH_BYTES = 128 << 10;

    /// What a serialiser may write past the room it asked for: it copies eight bytes at a time.
    static final int SLACK = 16;

    byte[] bytes = new byte[FLUSH_BYTES + (64 << 10)];
    int size;

    private final int flushBytes;
    private OutputSink sink = OutputSink.DISCARD;
    private long flushed;

    private Output(int flushBytes) {
        this.flushBytes = flushBytes;
    }

    /// An output that is emptied into `sink` whenever it is full.
    Output(OutputSink sink) {
        this(FLUSH_BYTES);
        this.sink = sink;
    }

    /// An output that keeps everything.
    static Output keeping() {
        return new Output(Integer.MAX_VALUE);
    }

    /// Starts anew with another sink, keeping the buffer.
    void redirect(OutputSink next) {
        sink = next;
        clear();
    }

    /// Makes room for `count` bytes and some slack.
    void room(int count) {
        if (bytes.length - size < count + SLACK) {
            bytes = Utf8.withRoom(bytes, size, Math.addExact(count, SLACK));
        }
    }

    void put(byte[] source) {
        put(source, 0, source.length);
    }

    void put(byte[] source, int from, int length) {
        room(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    void put(byte single) {
        room(1);
        bytes[size++] = single;
    }

    /// Writes a byte of ISO 8859-1 as UTF-8.
    void putLatin1(byte single) {
        room(2);
        size = Utf8.put(bytes, size, single & 0xFF);
    }

    void putNumber(long number) {
        put(Long.toString(number).getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Bytes written so far.
    long total() {
        return flushed + size;
    }

    /// Hands the bytes on if there are enough of them. Called between records only, so that one that turns out
    /// to be wrong can be taken back.
    void flushIfFull() throws IOException {
        if (size >= flushBytes) {
            flush();
        }
    }

    void flush() throws IOException {
        if (size > 0) {
            sink.accept(bytes, size);
            flushed += size;
            size = 0;
        }
    }

    /// Starts anew, keeping the buffer.
    void clear() {
        size = 0;
        flushed = 0;
    }
}
