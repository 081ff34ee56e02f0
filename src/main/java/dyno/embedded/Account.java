package dyno.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

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

    private static final int ROOT = 0;

    /// The account of this process, or the way out of it where it is root.
    ///
    /// @throws EmbeddedPostgresException where it is root and may not make a user namespace
    static Account current() throws IOException, InterruptedException {
        return of((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid"), SearchPath.current());
    }

    static Account of(int uid, SearchPath path) throws IOException, InterruptedException {
        if (uid != ROOT) {
            return new Account(List.of());
        }
        var unshare = path.find("unshare").orElseThrow(() -> refused("there is no program unshare"));
        var account = new Account(List.of(unshare.toString(), "--user", "--"));
        account.requireThatItWorks();
        return account;
    }

    List<String> command(List<String> command) {
        var whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    private void requireThatItWorks() throws IOException, InterruptedException {
        var probe = ServerProcess.of(command(List.of("true")))
                .redirectErrorStream(true)
                .start();
        var output = new String(probe.getInputStream().readAllBytes(), UTF_8).strip();
        if (probe.waitFor() != 0) {
            throw refused(output);
        }
    }

    private static EmbeddedPostgresException refused(String reason) {
        return new EmbeddedPostgresException(
                "PostgreSQL does not run as root, and there is no way around it here (%s): start Dyno as another user, or name a server by DYNO_DATABASE_URL"
                        .formatted(reason));
    }
}
