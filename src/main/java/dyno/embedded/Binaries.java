package dyno.embedded;

import static java.util.Locale.ROOT;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.JarURLConnection;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/// The server's programs, unpacked from the archive on the class path.
///
/// The folder's name carries the archive's checksum, so that another version gets a folder of its own. It appears
/// by a rename once everything is in it: a folder of that name is complete, whenever the unpacking was killed.
///
/// @param home holds `bin`, `lib` and `share`
record Binaries(Path home) {

    private static final String STAGING = "unpacking-";

    /// Unpacks into a folder below `parent` unless it is there already. Several processes may do so at once.
    static Binaries unpack(Path parent) throws IOException {
        var resource = resourceName();
        var url = Binaries.class.getResource(resource);
        if (url == null) {
            throw new EmbeddedPostgresException(
                    "There is no embedded PostgreSQL for %s (%s): give Dyno a server by DYNO_DATABASE_URL"
                            .formatted(System.getProperty("os.arch"), resource));
        }
        if (!(url.openConnection() instanceof JarURLConnection connection)) {
            throw new EmbeddedPostgresException("PostgreSQL's archive is not in a jar: " + url);
        }
        var home = parent.resolve(
                "binaries-%08x".formatted(connection.getJarEntry().getCrc()));
        if (!Files.isDirectory(home)) {
            Files.createDirectories(parent);
            removeLeftovers(parent);
            var staging = Files.createTempDirectory(
                    parent, STAGING + ProcessHandle.current().pid() + "-");
            try (var archive = new TarArchiveInputStream(
                    new XZInputStream(new BufferedInputStream(connection.getInputStream())))) {
                unpack(archive, staging);
            }
            publish(staging, home);
        }
        return new Binaries(home);
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name).toAbsolutePath();
    }

    private static String resourceName() {
        return switch (System.getProperty("os.arch").toLowerCase(ROOT)) {
            case "amd64", "x86_64" -> "/postgres-linux-x86_64.txz";
            case "aarch64", "arm64" -> "/postgres-linux-arm_64.txz";
            default -> "/postgres-linux-" + System.getProperty("os.arch") + ".txz";
        };
    }

    private static void unpack(TarArchiveInputStream archive, Path target) throws IOException {
        TarArchiveEntry entry;
        while ((entry = archive.getNextEntry()) != null) {
            var path = entry.resolveIn(target);
            if (entry.isDirectory()) {
                Files.createDirectories(path);
            } else if (entry.isSymbolicLink()) {
                Files.createDirectories(path.getParent());
                Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            } else {
                Files.createDirectories(path.getParent());
                Files.copy(archive, path);
                var mode = (entry.getMode() & 0b001_000_000) == 0 ? "rw-r--r--" : "rwxr-xr-x";
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
            }
        }
    }

    private static void publish(Path staging, Path home) throws IOException {
        try {
            Files.move(staging, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Another process was faster: a rename never replaces a folder that has something in it.
            if (!Files.isDirectory(home)) {
                throw e;
            }
            FileSystemUtils.deleteRecursively(staging);
        }
    }

    /// Removes what processes that are gone left behind; those that live are still at it.
    private static void removeLeftovers(Path parent) throws IOException {
        try (var folders = Files.newDirectoryStream(parent, STAGING + "*")) {
            for (var folder : folders) {
                long pid = Long.parseLong(folder.getFileName().toString().split("-", -1)[1]);
                if (ProcessHandle.of(pid).isEmpty()) {
                    FileSystemUtils.deleteRecursively(folder);
                }
            }
        }
    }
}
