package dyno.job;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// The right to measure on this host: two services of one host take turns, be their databases one or two.
///
/// Two files, locked by the kernel for as long as the process lives. Who wants to measure takes `next` first and
/// holds it until it has `now`; who has just measured finds `next` taken by the one that waits, so that it cannot
/// overtake it.
///
/// Used by one thread at a time.
final class HostLock implements AutoCloseable {

    private final FileChannel now;
    private final FileChannel next;
    private @Nullable FileLock holdsNow;
    private @Nullable FileLock holdsNext;

    private HostLock(FileChannel now, FileChannel next) {
        this.now = now;
        this.next = next;
    }

    /// @param folder the same for all services of the host
    /// @throws IOException where the files cannot be written to
    static HostLock in(Path folder) throws IOException {
        var now = open(folder.resolve("dyno-measure.lock"));
        try {
            return new HostLock(now, open(folder.resolve("dyno-measure-next.lock")));
        } catch (IOException e) {
            now.close();
            throw e;
        }
    }

    /// Takes the lock if it is free and nobody waited longer; keeps a place in the line otherwise.
    ///
    /// @return whether it is held now
    boolean tryAcquire() throws IOException {
        if (holdsNow != null) {
            return true;
        }
        if (holdsNext == null) {
            holdsNext = tryLock(next);
        }
        if (holdsNext == null) {
            return false;
        }
        holdsNow = tryLock(now);
        if (holdsNow != null) {
            withdraw();
        }
        return holdsNow != null;
    }

    /// Gives up the place in the line, if there is one.
    void withdraw() throws IOException {
        if (holdsNext != null) {
            holdsNext.release();
            holdsNext = null;
        }
    }

    /// Gives up everything.
    void release() throws IOException {
        withdraw();
        if (holdsNow != null) {
            holdsNow.release();
            holdsNow = null;
        }
    }

    /// Gives up everything for good.
    @Override
    public void close() throws IOException {
        try (now;
                next) {
            holdsNow = null;
            holdsNext = null;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another service in this very JVM, as tests have it.
            return null;
        }
    }

    /// The kernel lets nobody open a file in /tmp for creation that another user made; so it is made or opened,
    /// never both at once. Everybody may lock it: a host measures for one user at a time, too.
    private static FileChannel open(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.createFile(file);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            } catch (FileAlreadyExistsException e) {
                return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            }
        }
        return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }
}
