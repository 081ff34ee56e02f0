package dyno.fork;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// How many processes the kernel has killed for want of memory, by the nearest account of it that can be read.
///
/// A fork that dies of SIGKILL may have been killed by anybody; this rising meanwhile is the evidence that it was
/// memory.
///
/// @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2, memory.events</a>
final class OomKills {

    private static final Path PROC = Path.of("/proc");
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final String KEY = "oom_kill ";

    private OomKills() {}

    /// Empty where no account can be read.
    static OptionalLong count() {
        return count(PROC, CGROUPS);
    }

    static OptionalLong count(Path proc, Path cgroups) {
        for (var line : lines(proc.resolve("self/cgroup"))) {
            // hierarchy:controllers:path
            var parts = line.split(":", 3);
            if (parts.length < 3) {
                continue;
            }
            var path = parts[2].substring(Math.min(1, parts[2].length()));
            OptionalLong kills;
            if (parts[1].isEmpty()) {
                kills = value(cgroups.resolve(path).resolve("memory.events"));
            } else if (List.of(parts[1].split(",")).contains("memory")) {
                kills = value(cgroups.resolve("memory").resolve(path).resolve("memory.oom_control"));
            } else {
                continue;
            }
            if (kills.isPresent()) {
                return kills;
            }
        }
        // Of the whole machine: weaker evidence, and the only one outside of cgroups.
        return value(proc.resolve("vmstat"));
    }

    private static OptionalLong value(Path file) {
        return lines(file).stream()
                .filter(line -> line.startsWith(KEY))
                .mapToLong(line -> Long.parseLong(line.substring(KEY.length()).strip()))
                .findFirst();
    }

    private static List<String> lines(Path file) {
        if (!Files.isReadable(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            // A cgroup that is being removed; then it gives no evidence.
            return List.of();
        }
    }
}
