package dyno.engine.grouping;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import dyno.engine.arrayrecord.HighwayHash;
import dyno.engine.kernel.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Where a streaming grouping spills to, and what says that a row group's spill is whole.
///
/// ```text
///  spill.manifest       what the spill is of: input digest, options          written first, by rename
///  part-000007.spill    blocks of row group 7
///  part-000007.blocks   where they are, with hashes; its name is given last
/// ```
///
/// A row group counts as spilled where its `.blocks` file is there, is whole, and every block has its hash. Locked
/// while it is open, so that two jobs never share it.
final class SpillFolder implements AutoCloseable {

    private static final int HEADER_LONGS = 4;
    private static final int BLOCK_LONGS = 5;
    private static final String MANIFEST = "spill.manifest";

    /// Glob of all folders that may be gone on with.
    static final String NAMES = "spill-*";

    /// Locked while a folder is open, and written when it is opened.
    static final String LOCK = "lock";

    private final Path folder;
    private final boolean isKept;
    private final @Nullable FileChannel lockChannel;
    private final @Nullable FileLock lock;

    private SpillFolder(Path folder, boolean isKept, @Nullable FileChannel lockChannel, @Nullable FileLock lock) {
        this.folder = folder;
        this.isKept = isKept;
        this.lockChannel = lockChannel;
        this.lock = lock;
    }

    /// A folder that nobody goes on with.
    static SpillFolder temporary(Path scratch) throws IOException {
        var folder = scratch.resolve("spill");
        MadeFiles.delete(folder);
        Files.createDirectories(folder);
        return new SpillFolder(folder, false, null, null);
    }

    /// The folder of a spill that may be gone on with.
    ///
    /// @param identity lines that say what the spill is of
    /// @throws EngineException where the folder holds the spill of something else, or another job has it open
    static SpillFolder resumable(Path cache, String identity) throws IOException {
        byte[] text = identity.getBytes(UTF_8);
        var folder = cache.resolve(
                "spill-" + new Sha256().update(text, 0, text.length).hex().substring(0, 32));
        Files.createDirectories(folder);
        var channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var lock = lock(channel, folder);
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}), 0);
            requireSame(folder, identity);
            return new SpillFolder(folder, true, channel, lock);
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    private static FileLock lock(FileChannel channel, Path folder) throws IOException {
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw inUse(folder, e);
        }
        if (lock == null) {
            throw inUse(folder, null);
        }
        return lock;
    }

    private static EngineException inUse(Path folder, @Nullable Throwable cause) {
        var failure = new EngineException(
                FailureCode.ENGINE_ERROR, "Spill %s is in use by another job".formatted(folder.getFileName()));
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }

    private static void requireSame(Path folder, String identity) throws IOException {
        var manifest = folder.resolve(MANIFEST);
        if (!Files.exists(manifest)) {
            writeWhole(manifest, identity.getBytes(UTF_8));
            return;
        }
        var there = Files.readString(manifest).lines().toList();
        var wanted = identity.lines().toList();
        for (int i = 0; i < Math.max(there.size(), wanted.size()); i++) {
            var a = i < there.size() ? there.get(i) : "nothing";
            var b = i < wanted.size() ? wanted.get(i) : "nothing";
            if (!a.equals(b)) {
                throw new EngineException(
                        FailureCode.INVALID_INPUT,
                        "Spill %s cannot be gone on with: it says %s, but this job says %s"
                                .formatted(folder.getFileName(), a, b));
            }
        }
    }

    Path folder() {
        return folder;
    }

    Path data(int part) {
        return folder.resolve("part-%06d.spill".formatted(part));
    }

    private Path index(int part) {
        return folder.resolve("part-%06d.blocks".formatted(part));
    }

    /// Says that a row group is spilled as a whole.
    void finish(int part, SpillBlocks blocks) throws IOException {
        if (!isKept) {
            return;
        }
        byte[] text = new byte[Long.BYTES * (HEADER_LONGS + BLOCK_LONGS * blocks.count())];
        Bytes.putLong(text, 8, blocks.count());
        Bytes.putLong(text, 16, blocks.dropped.nullSource());
        Bytes.putLong(text, 24, blocks.dropped.nullTime());
        int at = Long.BYTES * HEADER_LONGS;
        for (int i = 0; i < blocks.count(); i++, at += Long.BYTES * BLOCK_LONGS) {
            Bytes.putLong(text, at, blocks.bucket(i));
            Bytes.putLong(text, at + 8, blocks.rows(i));
            Bytes.putLong(text, at + 16, blocks.offset(i));
            Bytes.putLong(text, at + 24, blocks.length(i));
            Bytes.putLong(text, at + 32, blocks.hash(i));
        }
        Bytes.putLong(text, 0, HighwayHash.hash(text, Long.BYTES, text.length - Long.BYTES));
        writeWhole(index(part), text);
    }

    /// What an earlier job spilled of a row group; null where it is not there or not whole.
    @Nullable
    SpillBlocks find(int part) throws IOException {
        if (!isKept || !Files.exists(index(part)) || !Files.exists(data(part))) {
            return null;
        }
        byte[] text = Files.readAllBytes(index(part));
        int header = Long.BYTES * HEADER_LONGS;
        if (text.length < header
                || HighwayHash.hash(text, Long.BYTES, text.length - Long.BYTES) != Bytes.longAt(text, 0)) {
            return null;
        }
        var blocks = new SpillBlocks();
        blocks.dropped = new Dropped(Bytes.longAt(text, 16), Bytes.longAt(text, 24));
        for (int at = header; at < text.length; at += Long.BYTES * BLOCK_LONGS) {
            blocks.add(
                    (int) Bytes.longAt(text, at), // written from an int, as are rows and length
                    (int) Bytes.longAt(text, at + 8),
                    Bytes.longAt(text, at + 16),
                    (int) Bytes.longAt(text, at + 24),
                    Bytes.longAt(text, at + 32));
        }
        return isWhole(part, blocks) ? blocks : null;
    }

    private boolean isWhole(int part, SpillBlocks blocks) throws IOException {
        byte[] room = {};
        try (var channel = FileChannel.open(data(part), StandardOpenOption.READ)) {
            if (channel.size() < blocks.bytes()) {
                return false;
            }
            for (int i = 0; i < blocks.count(); i++) {
                room = SpillLoad.read(channel, data(part), blocks, i, room);
                if (HighwayHash.hash(room, 0, blocks.length(i)) != blocks.hash(i)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void writeWhole(Path file, byte[] text) throws IOException {
        var temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (var channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(text);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Removes everything: what was spilled has become output.
    void delete() throws IOException {
        MadeFiles.delete(folder);
    }

    /// Leaves what may be gone on with, and removes the rest.
    @Override
    public void close() throws IOException {
        if (lock != null && lockChannel != null) {
            lock.close();
            lockChannel.close();
        }
        if (!isKept) {
            delete();
        }
    }
}
