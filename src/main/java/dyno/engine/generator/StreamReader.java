package dyno.engine.generator;

/// Reads any part of a stream, a piece at a time, into an array that it keeps. Used by one thread at a time.
final class StreamReader {

    static final int PIECE_BYTES = 1 << 20;

    /// Takes the next piece.
    @FunctionalInterface
    interface PieceTaker {
        /// @param piece valid until the taker returns
        void take(byte[] piece, int from, int length);
    }

    private final ContentWriter writer;
    private final HeapDestination piece = new HeapDestination(PIECE_BYTES);

    StreamReader(Content content) {
        this.writer = ContentWriter.of(content);
    }

    /// Hands out the bytes `position … position + length - 1`, in pieces of 1 MiB and a shorter last one.
    void pieces(long position, long length, PieceTaker taker) {
        for (long done = 0; done < length; done += PIECE_BYTES) {
            int count = (int) Math.min(PIECE_BYTES, length - done);
            writer.write(piece, 0, count, position + done);
            taker.take(piece.array(), 0, count);
        }
    }

    /// The bytes `position … position + length - 1` as an array of their own.
    byte[] bytes(long position, int length) {
        var bytes = new HeapDestination(length);
        for (int done = 0; done < length; done += PIECE_BYTES) {
            writer.write(bytes, done, Math.min(PIECE_BYTES, length - done), position + done);
        }
        return bytes.array();
    }
}
