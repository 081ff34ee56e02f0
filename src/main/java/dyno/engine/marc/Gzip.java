package dyno.engine.marc;

import dyno.engine.DatasetKind.ReceivedFile;
import dyno.engine.DatasetTooLargeException;
import dyno.engine.InvalidDatasetException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Unpacks gzip files, one member or several behind one another.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
final class Gzip {

    /// What unpacks to more than this many times its size is a trap: records shrink to a third or a tenth.
    private static final int MOST_PER_BYTE = 1_000;

    private static final int BUFFER_BYTES = 256 << 10;
    private static final int TRAILER_BYTES = 8;
    private static final int MAGIC_1 = 0x1F;
    private static final int MAGIC_2 = 0x8B;

    private Gzip() {}

    static boolean isGzip(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.read() == MAGIC_1 && in.read() == MAGIC_2;
        }
    }

    /// @throws InvalidDatasetException  where it is broken, or holds too much for its size
    /// @throws DatasetTooLargeException where it holds more than may be kept
    static void unpack(ReceivedFile file, Path target) throws IOException {
        long packedBytes = Files.size(file.content());
        try (var counted = new Counted(Files.newInputStream(file.content()));
                var out = Files.newOutputStream(target)) {
            var members = open(file, counted);
            var buffer = new byte[BUFFER_BYTES];
            long bytes = 0;
            for (int read = read(file, members, buffer); read >= 0; read = read(file, members, buffer)) {
                bytes += read;
                requireSane(file, bytes, packedBytes);
                out.write(buffer, 0, read);
            }
            if (members.end() < packedBytes) {
                throw new InvalidDatasetException(file.name(), "Bytes that are not gzip follow the packed data")
                        .atByte(members.end());
            }
        }
    }

    private static void requireSane(ReceivedFile file, long bytes, long packedBytes) {
        if (bytes > MOST_PER_BYTE * packedBytes) {
            throw new InvalidDatasetException(
                    file.name(),
                    "The file has %d bytes and unpacks to more than %,d times as many"
                            .formatted(packedBytes, MOST_PER_BYTE));
        }
        if (bytes > file.maxBytes()) {
            throw new DatasetTooLargeException(file.name(), file.maxBytes());
        }
    }

    private static Members open(ReceivedFile file, Counted in) throws IOException {
        try {
            return new Members(in);
        } catch (ZipException | EOFException e) {
            throw broken(file, in.count, e);
        }
    }

    private static int read(ReceivedFile file, Members members, byte[] buffer) throws IOException {
        try {
            return members.read(buffer);
        } catch (ZipException | EOFException e) {
            throw broken(file, members.position(), e);
        }
    }

    private static InvalidDatasetException broken(ReceivedFile file, long offset, IOException cause) {
        return new InvalidDatasetException(file.name(), "The gzip data is broken: " + cause.getMessage(), cause)
                .atByte(offset);
    }

    /// Knows how far it has read.
    private static final class Members extends GZIPInputStream {

        private final Counted source;
        private long filledTo;

        Members(Counted source) throws IOException {
            super(source, BUFFER_BYTES);
            this.source = source;
        }

        @Override
        protected void fill() throws IOException {
            super.fill();
            filledTo = source.count;
        }

        /// Offset of the first byte that was not unpacked.
        long position() {
            return filledTo - inf.getRemaining();
        }

        /// Offset behind the last member, once all is read.
        long end() {
            return position() + TRAILER_BYTES;
        }
    }

    private static final class Counted extends FilterInputStream {

        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            int read = in.read(target, from, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
