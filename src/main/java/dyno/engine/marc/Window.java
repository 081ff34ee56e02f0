package dyno.engine.marc;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The stretch of a file that is in memory: all of it, or a piece that slides on as reading goes.
///
/// Bytes `0` to [#limit] of [#data] are bytes [#base] and following of the file. Used by one thread at a time;
/// the channel may be shared, it is read by position.
final class Window {

    /// Bytes that a reader has before it wherever it starts a record, unless the file ends earlier: the
    /// longest record and what may stand between it and the next leader.
    static final int LOOKAHEAD = 128 << 10;

    /// A record that is repaired may reach up to the end of its file, but never beyond this.
    private static final int LARGEST = 2_147_000_000;

    /// The JDK reads into heap arrays by way of a direct buffer of this size, which each thread keeps.
    private static final int READ_BYTES = 256 << 10;

    byte[] data;
    int limit;
    long base;

    /// Whether the file ends at [#limit].
    boolean atEnd;

    /// Offset in the file of the record whose end is looked for; what is said of one that has none.
    long wanted;

    private final int capacity;
    private final boolean keepsAll;
    private final int largest;
    private byte[] own = {};
    private @Nullable FileChannel channel;
    private long size;

    /// @param capacity bytes of a piece of a file; grows only where damage asks for it
    /// @param keepsAll whether [#slide] keeps what lies behind, since somebody still looks at it
    Window(int capacity, boolean keepsAll) {
        this(capacity, keepsAll, LARGEST);
    }

    /// @param largest bytes that it grows to at most
    Window(int capacity, boolean keepsAll, int largest) {
        this.capacity = capacity;
        this.keepsAll = keepsAll;
        this.largest = largest;
        this.data = own;
    }

    /// A window on bytes that are all there.
    static Window on(byte[] bytes) {
        var window = new Window(0, true);
        window.attach(bytes);
        return window;
    }

    /// Shows bytes that are all there, from now on.
    void attach(byte[] bytes) {
        channel = null;
        data = bytes;
        base = 0;
        limit = bytes.length;
        size = bytes.length;
        atEnd = true;
    }

    /// Shows a file, from now on; [#seek] comes next.
    void attach(FileChannel file, long fileBytes) {
        if (own.length == 0) {
            own = new byte[(int) Math.max(1, Math.min(capacity, fileBytes))];
        } else if (own.length < capacity && own.length < fileBytes) {
            own = new byte[(int) Math.min(capacity, fileBytes)];
        }
        channel = file;
        data = own;
        size = fileBytes;
        limit = 0;
        atEnd = false;
    }

    /// Bytes of the whole file.
    long size() {
        return size;
    }

    boolean isInMemory() {
        return channel == null;
    }

    /// Continues at a byte of the file, forgetting everything unless all of it is in memory.
    ///
    /// @return where that byte is
    int seek(long offset) throws IOException {
        if (channel == null) {
            return Math.toIntExact(offset);
        }
        base = offset;
        limit = 0;
        atEnd = false;
        fill();
        return 0;
    }

    /// Continues with bytes that were read already, the first of them at offset `from` of the file.
    void seek(long from, byte[] read, int count) throws IOException {
        if (data.length < count + LOOKAHEAD) {
            own = new byte[count + LOOKAHEAD];
            data = own;
        }
        System.arraycopy(read, 0, data, 0, count);
        base = from;
        limit = count;
        atEnd = false;
        fill();
    }

    /// Reads on, forgetting what lies before `position`.
    ///
    /// @return where the byte at `position` is now
    int slide(int position) throws IOException {
        if (keepsAll) {
            extend();
            return position;
        }
        System.arraycopy(data, position, data, 0, limit - position);
        base += position;
        limit -= position;
        if (limit + LOOKAHEAD > data.length) {
            grow();
        }
        fill();
        return 0;
    }

    /// Reads on, keeping everything. Does nothing at the end.
    void extend() throws IOException {
        if (atEnd) {
            return;
        }
        if (limit == data.length) {
            grow();
        }
        fill();
    }

    private void grow() {
        if (data.length == largest) {
            throw new EngineException(
                    FailureCode.INVALID_INPUT,
                    "The record at byte %d has no end within %d bytes".formatted(wanted, largest),
                    Map.of("byte", wanted));
        }
        own = Arrays.copyOf(data, (int) Math.min(data.length * 2L + 1, largest));
        data = own;
    }

    private void fill() throws IOException {
        var source = Objects.requireNonNull(channel, "all of it is in memory");
        while (limit < data.length && base + limit < size) {
            int count = Math.min(READ_BYTES, data.length - limit);
            int read = source.read(ByteBuffer.wrap(data, limit, count), base + limit);
            if (read < 0) {
                throw new EOFException("The file ends at byte %d, not at %d".formatted(base + limit, size));
            }
            limit += read;
        }
        atEnd = base + limit >= size;
    }
}
