package dyno.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Reads the kernel's small text files below a root, `/` or a tree that a test planted. Immutable.
///
/// A file that is not there and one that the kernel or its permissions do not let us read are the same to
/// callers: the fact is unknown, with the caller's reason.
final class HostFiles {

    private final Path root;

    HostFiles(Path root) {
        this.root = root;
    }

    /// The whole file, without trailing blanks.
    ///
    /// @param path below the root, without a leading slash: `proc/loadavg`
    Optional<String> text(String path) {
        return text(root.resolve(path));
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file, UTF_8).stripTrailing());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The file's only line; empty where the file is blank, which is how the kernel spells "none".
    Optional<String> line(String path) {
        return text(path).map(String::strip).filter(line -> !line.isEmpty());
    }

    /// The file's lines; none where it cannot be read.
    List<String> lines(String path) {
        return text(path).map(text -> text.lines().toList()).orElse(List.of());
    }

    /// The first value of a key in a file of `key : value` lines, `/proc/cpuinfo` and the like.
    Optional<String> value(String path, String key) {
        return lines(path).stream()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2 && parts[0].strip().equals(key))
                .map(parts -> parts[1].strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /// Memory of the machine, without regard to limits.
    OptionalLong memoryBytes() {
        return value("proc/meminfo", "MemTotal").stream()
                .filter(text -> text.endsWith(" kB"))
                .mapToLong(text ->
                        Long.parseLong(text.substring(0, text.length() - 3).strip()) * 1024)
                .findFirst();
    }

    boolean isFolder(String path) {
        return Files.isDirectory(root.resolve(path));
    }

    /// Names in a folder that match `pattern` as a whole, sorted by length, then by name, so that `cpu10`
    /// follows `cpu9`; none where the folder cannot be read.
    List<String> names(String folder, Pattern pattern) {
        try (var entries = Files.list(root.resolve(folder))) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> pattern.matcher(name).matches())
                    .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
