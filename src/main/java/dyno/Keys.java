package dyno;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import dyno.embedded.EmbeddedPostgresException;
import dyno.security.KeysCommand;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The face `keys`: the service's keys, on the service's machine.
final class Keys {

    private Keys() {}

    /// Ends the JVM.
    static void main(String[] args) {
        quiet();
        var out = new PrintWriter(System.out, true, UTF_8);
        var err = new PrintWriter(System.err, true, UTF_8);
        int status;
        try {
            var command = new KeysCommand(
                    data -> OpenedDatabase.of(data, System.getenv()), new ServiceConfiguration().clock());
            status = command.run(args, out, err);
        } catch (CannotStartException | EmbeddedPostgresException e) {
            err.println(e.getMessage());
            status = ExitCode.CANNOT_START;
        }
        out.flush();
        err.flush();
        System.exit(status);
    }

    /// Without Spring nobody configures the log, which would then go to stdout, in full.
    private static void quiet() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.OFF);
        }
    }
}
