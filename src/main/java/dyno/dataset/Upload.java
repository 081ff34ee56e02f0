package dyno.dataset;

import dyno.dataset.StoredDataset.StoredFile;
import dyno.engine.DatasetKind;
import dyno.engine.DatasetKind.ReceivedFile;
import dyno.engine.DatasetTooLargeException;
import dyno.engine.InvalidDatasetException;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import org.springframework.util.FileSystemUtils;

/// One file on its way in: received, checked, converted. Whatever is not moved out of its folder goes with it.
///
/// Used by one thread at a time.
final class Upload implements AutoCloseable {

    private static final int BUFFER_BYTES = 256 << 10;

    /// How often the disk's room is looked at while bytes arrive.
    private static final long LOOK_BYTES = 64L << 20;

    private final Path folder;
    private final DiskRoom room;
    private final String file;

    /// @param folder empty
    /// @param file   name of the file
    Upload(Path folder, DiskRoom room, String file) {
        this.folder = folder;
        this.room = room;
        this.file = file;
    }

    /// What is kept of the file, where it lies as long as this is open.
    ///
    /// @param content written through to the disk
    record Kept(Path content, StoredFile file) {}

    /// Writes the body to disk.
    ///
    /// @return SHA-256 of the bytes as they were sent
    /// @throws ProblemException `resource-limit` where the disk is full
    String receive(InputStream body) throws IOException {
        var digest = ContentDigest.start();
        var buffer = new byte[BUFFER_BYTES];
        try (var out = FileChannel.open(received(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long lookAt = 0;
            long received = 0;
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                if (received >= lookAt) {
                    room.require(BUFFER_BYTES);
                    lookAt += LOOK_BYTES;
                }
                digest.update(buffer, 0, read);
                write(out, ByteBuffer.wrap(buffer, 0, read));
                received += read;
            }
            out.force(true);
        }
        return ContentDigest.hex(digest);
    }

    /// Lets the kind check what was received, and decide what is kept of it.
    ///
    /// @throws ProblemException `invalid-dataset`, `too-large`, `resource-limit`
    Kept take(DatasetKind kind, String receivedSha256) {
        try {
            var scratch = Files.createDirectory(folder.resolve("scratch"));
            var taken = kind.take(new ReceivedFile(file, received(), scratch, room.maxKeptBytes()));
            boolean asItCame = taken.content().equals(received());
            if (!asItCame) {
                force(taken.content());
            }
            var sha256 = asItCame ? receivedSha256 : ContentDigest.of(taken.content());
            return new Kept(taken.content(), new StoredFile(file, Files.size(taken.content()), sha256, taken.facts()));
        } catch (InvalidDatasetException e) {
            throw invalid(e);
        } catch (DatasetTooLargeException e) {
            room.require(room.maxFileBytes());
            throw withCause(new ProblemException(ProblemCode.TOO_LARGE, String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            throw room.explain(e);
        }
    }

    /// The place stands in the detail for people, and beside it for programs.
    static ProblemException invalid(InvalidDatasetException e) {
        var place = e.place().entrySet().stream()
                .map(part -> part.getKey() + " " + part.getValue())
                .collect(Collectors.joining(", "));
        var detail = "%s (%s)".formatted(e.getMessage(), place);
        return withCause(new ProblemException(ProblemCode.INVALID_DATASET, detail, e.place()), e);
    }

    private static ProblemException withCause(ProblemException problem, Throwable cause) {
        problem.initCause(cause);
        return problem;
    }

    private void write(FileChannel out, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw room.explain(e);
        }
    }

    private static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private Path received() {
        return folder.resolve("received");
    }

    @Override
    public void close() throws IOException {
        FileSystemUtils.deleteRecursively(folder);
    }
}
