package dyno.engine.grouping;

import dyno.engine.arrayrecord.ChunkAppender;
import dyno.engine.arrayrecord.ChunkAppender.Written;
import dyno.engine.arrayrecord.ChunkEncoder;
import dyno.engine.arrayrecord.EncodedChunks;
import dyno.engine.arrayrecord.WriterOptions;
import dyno.engine.kernel.Closing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// One of the two files while it is written, under a temporary name. Used by one thread at a time.
final class OutputFile implements AutoCloseable {

    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private final Path target;
    private final Path temporary;
    private final ChunkAppender appender;
    private final EncodedChunks last = new EncodedChunks();

    /// Collects the records of a chunk that is not full yet.
    final ChunkEncoder open;

    long probes;
    long rows;
    private long fingerprint;
    private @Nullable Written written;

    OutputFile(Path folder, Side side, WriterOptions options, FileMaker maker) throws IOException {
        this.target = folder.resolve(side.fileName());
        this.temporary = folder.resolve(side.fileName() + ".tmp");
        Files.deleteIfExists(temporary);
        this.appender = new ChunkAppender(maker.create(temporary), options);
        this.open = new ChunkEncoder(options);
    }

    void append(EncodedChunks chunks) throws IOException {
        for (int i = 0; i < chunks.count(); i++) {
            appender.append(chunks, i);
            // Chunks are hashed anyway; the hashes in their order stand for the file's bytes.
            fingerprint = (fingerprint ^ (chunks.hash(i) + chunks.records(i))) * MULTIPLIER;
            fingerprint ^= fingerprint >>> 29;
        }
    }

    /// Appends the open chunk, full or not.
    void appendOpen() throws IOException {
        last.clear();
        open.finish(last);
        append(last);
    }

    /// Ends the file, still under its temporary name.
    Written finish() throws IOException {
        appendOpen();
        var all = appender.finish();
        appender.close();
        written = all;
        return all;
    }

    /// Gives the file its name, in the place of one that has it.
    void rename() throws IOException {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    Path target() {
        return target;
    }

    /// Stands for the file's bytes: equal for equal files, different for others but for an unlikely chance.
    long fingerprint() {
        return fingerprint;
    }

    Written written() {
        if (written == null) {
            throw new IllegalStateException("The file is not finished");
        }
        return written;
    }

    /// Frees memory, and removes the file where it has not got its name.
    @Override
    public void close() throws IOException {
        Closing.all(open, appender, () -> Files.deleteIfExists(temporary)).close();
    }
}
