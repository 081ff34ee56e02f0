package dyno.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The account that the server's programs run under. PostgreSQL refuses to run as root; a root gives its
/// powers up in a user namespace of its own, where it is nobody in particular but still owns its files.
///
/// @param prefix what comes before a command
record Account(List<String> prefix) {

    /// The account of this process, or the way out of it where it is root.
    ///
    /// @throws EmbeddedPostgresException where it is root and may not make a user namespace
    static Account current() throws IOException, InterruptedException {
        if (!isRoot()) {
            return new Account(List.of());
        }
        var unshare = new Account(List.of("unshare", "--user", "--"));
        unshare.requireThatItWorks();
        return unshare;
    }

    List<String> command(List<String> command) {
        var whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    /// Prepares a process whose surroundings cannot change how the server behaves, and that sees no secret.
    static ProcessBuilder process(List<String> command) {
        var builder = new ProcessBuilder(command);
        var environment = builder.environment();
        environment
                .keySet()
                .removeIf(name -> name.startsWith("PG") || name.startsWith("DYNO_") || name.startsWith("LC_"));
        environment.put("LC_ALL", "C");
        environment.put("TZ", "UTC");
        return builder;
    }

    /// Whether a program of this name is on the path.
    static boolean has(String program) {
        for (var folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRoot() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    }

    private void requireThatItWorks() throws IOException, InterruptedException {
        var reason = "there is no program unshare";
        if (has(prefix.getFirst())) {
            var probe =
                    process(command(List.of("true"))).redirectErrorStream(true).start();
            reason = new String(probe.getInputStream().readAllBytes(), UTF_8).strip();
            if (probe.waitFor() == 0) {
                return;
            }
        }
        throw new EmbeddedPostgresException(
                "PostgreSQL does not run as root and there is no way out of it here (%s): start Dyno as another user, or give it a server by DYNO_DATABASE_URL"
                        .formatted(reason));
    }
}
