package dyno;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.springframework.util.FileSystemUtils;

/// A data folder in a zip file: its entries are paths below the folder, those of folders with a slash at
/// their end. The first entry says that it is one.
final class BackupArchive {

    private static final String MARK = "dyno-backup-1";

    private static final String CLUSTER = "postgres/cluster";

    /// Where tables are until all of them are there; what PostgreSQL's start does not find it makes anew.
    private static final String UNFINISHED = "postgres/cluster.unfinished";

    private static final List<String> PARTS = List.of("postgres/password", CLUSTER, "node", "datasets", "spool");

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private BackupArchive() {}

    static void write(Path data, Path file) throws IOException {
        var staging = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(staging);
        Files.createFile(staging, PRIVATE_FILE);
        try (var channel = FileChannel.open(staging, StandardOpenOption.WRITE)) {
            var zip = new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
            zip.putNextEntry(new ZipEntry(MARK));
            for (var part : PARTS) {
                add(data, data.resolve(part), zip);
            }
            zip.finish();
            zip.flush();
            channel.force(true);
            Files.move(staging, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(staging);
        }
    }

    private static void add(Path data, Path part, ZipOutputStream zip) throws IOException {
        if (!Files.exists(part)) {
            return;
        }
        try (var paths = Files.walk(part)) {
            for (var path : (Iterable<Path>) paths.sorted()::iterator) {
                boolean isFolder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
                zip.putNextEntry(new ZipEntry(data.relativize(path) + (isFolder ? "/" : "")));
                if (!isFolder) {
                    Files.copy(path, zip);
                }
            }
        }
    }

    /// @throws CannotStartException where the folder holds anything that a backup would bring
    static void requireRoom(Path data) throws IOException {
        for (var part : PARTS) {
            var path = data.resolve(part);
            if (Files.isDirectory(path) ? !isEmpty(path) : Files.exists(path)) {
                throw new CannotStartException("%s is there already; restore into a new folder".formatted(path));
            }
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    /// @param data that [#requireRoom] found empty; it is again where this throws
    static void read(Path file, Path data) throws IOException {
        boolean isWhole = false;
        try (var zip = new ZipInputStream(Files.newInputStream(file))) {
            var mark = zip.getNextEntry();
            if (mark == null || !mark.getName().equals(MARK)) {
                throw new IOException(file + " is no backup of Dyno");
            }
            requireWhole(file);
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                take(entry, zip, data);
            }
            Files.move(data.resolve(UNFINISHED), data.resolve(CLUSTER), StandardCopyOption.ATOMIC_MOVE);
            isWhole = true;
        } finally {
            if (!isWhole) {
                clear(data);
            }
        }
    }

    /// A stream of entries ends without a word where the file is cut between two of them; the directory at the
    /// file's end is missing then.
    private static void requireWhole(Path file) throws IOException {
        try {
            new ZipFile(file.toFile()).close();
        } catch (ZipException e) {
            throw new IOException("%s is not whole: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static void take(ZipEntry entry, ZipInputStream zip, Path data) throws IOException {
        var name = entry.getName();
        var target = data.resolve(name.startsWith(CLUSTER + "/") ? UNFINISHED + name.substring(CLUSTER.length()) : name)
                .normalize();
        if (!target.startsWith(data)) {
            throw new IOException("The backup names a file outside of the folder: " + name);
        }
        if (entry.isDirectory()) {
            if (!Files.isDirectory(target)) {
                Files.createDirectories(target, PRIVATE_FOLDER);
            }
        } else {
            Files.createFile(target, PRIVATE_FILE);
            try (var out = Files.newOutputStream(target)) {
                zip.transferTo(out);
            }
        }
    }

    private static void clear(Path data) throws IOException {
        for (var part : List.of("postgres/password", UNFINISHED, "node")) {
            FileSystemUtils.deleteRecursively(data.resolve(part));
        }
        for (var part : List.of("datasets", "spool")) {
            FileSystemUtils.deleteRecursively(data.resolve(part));
            Files.createDirectories(data.resolve(part));
        }
    }
}
