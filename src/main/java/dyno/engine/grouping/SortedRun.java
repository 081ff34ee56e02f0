package dyno.engine.grouping;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// Rows in a file in the order of address and time, as [SpilledRow] has them, read one by one. Used by one thread at a
/// time.
final class SortedRun implements Closeable {

    private static final int BUFFER_BYTES = 128 << 10;

    private final FileChannel channel;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int filled;

    /// The current row: where it begins in [#bytes].
    int row;

    int sourceFrom;
    int sourceLength;
    int destinationFrom;
    int destinationLength;

    SortedRun(Path file) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    byte[] bytes() {
        return buffer;
    }

    long micros() {
        return Bytes.longAt(buffer, row + SpilledRow.TIME_AT);
    }

    boolean has(int flag) {
        return (buffer[row] & flag) != 0;
    }

    /// Moves to the next row.
    boolean next() throws IOException {
        if (!ensure(1)) {
            return false;
        }
        require(SpilledRow.SOURCE_AT + Integer.BYTES);
        sourceLength = Bytes.intAt(buffer, at + SpilledRow.SOURCE_AT);
        boolean hasDestination = (buffer[at] & SpilledRow.NO_DESTINATION) == 0;
        int bytes = SpilledRow.SOURCE_AT + Integer.BYTES + sourceLength;
        if (hasDestination) {
            require(bytes + Integer.BYTES);
            destinationLength = Bytes.intAt(buffer, at + bytes);
            bytes += Integer.BYTES + destinationLength;
        } else {
            destinationLength = -1;
        }
        require(bytes);
        row = at;
        sourceFrom = row + SpilledRow.SOURCE_AT + Integer.BYTES;
        destinationFrom = sourceFrom + sourceLength + Integer.BYTES;
        at += bytes;
        return true;
    }

    /// Address first, then time.
    int compare(SortedRun other) {
        int byAddress = Arrays.compareUnsigned(
                buffer,
                sourceFrom,
                sourceFrom + sourceLength,
                other.buffer,
                other.sourceFrom,
                other.sourceFrom + other.sourceLength);
        return byAddress != 0 ? byAddress : Long.compare(micros(), other.micros());
    }

    private void require(int bytes) throws IOException {
        if (!ensure(bytes)) {
            throw new EOFException("A sorted run ends within a row");
        }
    }

    /// Has `bytes` more bytes from `at` on in the buffer.
    private boolean ensure(int bytes) throws IOException {
        if (filled - at >= bytes) {
            return true;
        }
        byte[] to = buffer.length >= bytes ? buffer : new byte[2 * bytes];
        System.arraycopy(buffer, at, to, 0, filled - at);
        buffer = to;
        filled -= at;
        at = 0;
        var space = ByteBuffer.wrap(buffer, filled, buffer.length - filled);
        while (space.hasRemaining() && channel.read(space) >= 0) {
            // Reads until the buffer is full or the file ends.
        }
        filled = space.position();
        return filled >= bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
