package dyno.engine.etl;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Dead letters as a file of JSON Lines: `{id, batch, attempts, error, record}`, of datasets also `{file, line}`. The
/// record of a letter without an id is text, since it is no record.
///
/// Each letter is on the disk before it counts. Safe for any number of threads.
final class DeadLetterFile implements DeadLetters {

    static final String NAME = "dead-letters.jsonl";

    private static final byte[] ID = ascii("{\"id\":");
    private static final byte[] BATCH = ascii(",\"batch\":");
    private static final byte[] ATTEMPTS = ascii(",\"attempts\":");
    private static final byte[] ERROR = ascii(",\"error\":");
    private static final byte[] RECORD = ascii(",\"record\":");
    private static final byte[] FILE = ascii(",\"file\":");
    private static final byte[] LINE = ascii(",\"line\":");

    private final Path path;
    private final LineBuffer line = new LineBuffer(1024);
    private @Nullable FileChannel channel;

    /// @param path made, with its folder, with the first letter
    DeadLetterFile(Path path) {
        this.path = path;
    }

    /// Threads of the pipeline are interrupted when it has to end, which closes a channel that one of them writes
    /// to: the
    /// letter does not count then, and neither does the run.
    @Override
    public synchronized void write(DeadLetter letter) throws IOException {
        line.clear();
        line.raw(ID).number(letter.id()).raw(BATCH).number(letter.batch());
        line.raw(ATTEMPTS).number((long) letter.attempts());
        line.raw(ERROR).text(letter.error().getBytes(StandardCharsets.UTF_8)).raw(RECORD);
        if (letter.id() == null) {
            line.text(letter.record());
        } else {
            line.raw(letter.record());
        }
        var place = letter.place();
        if (place != null) {
            line.raw(FILE)
                    .text(place.file().getBytes(StandardCharsets.UTF_8))
                    .raw(LINE)
                    .number(place.line());
        }
        line.raw('}').raw('\n');
        try {
            var out = open();
            var bytes = ByteBuffer.wrap(line.array(), 0, line.length());
            while (bytes.hasRemaining()) {
                int _ = out.write(bytes);
            }
            out.force(false);
        } catch (IOException e) {
            if (Failures.code(e) == FailureCode.DISK_FULL) {
                throw new EngineException(FailureCode.DISK_FULL, "No space for dead letters: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    private FileChannel open() throws IOException {
        var open = channel;
        if (open == null) {
            var _ = Files.createDirectories(path.toAbsolutePath().getParent());
            open = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            channel = open;
        }
        return open;
    }

    /// Throws away what was written.
    synchronized void restart() throws IOException {
        if (channel != null) {
            if (channel.isOpen()) {
                channel.truncate(0);
            } else {
                channel = null;
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
