package dyno;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The options of `serve`; where one is missing its environment variable counts, then the default.
@Command(
        name = "dyno serve",
        description = "Runs the service.",
        footer = {
            "",
            "Where DYNO_DATABASE_URL names a PostgreSQL server (its account in",
            "DYNO_DATABASE_USER and DYNO_DATABASE_PASSWORD), the embedded one stays off.",
            "Exit codes: 2 the arguments cannot work, 3 the service could not start."
        })
final class ServeOptions {

    private static final int MAX_PORT = 65_535;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "${env:DYNO_PORT:-8080}",
            description = "where to listen; 0 takes a free one (DYNO_PORT, default 8080)")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "${env:DYNO_BIND:-127.0.0.1}",
            description = "a loopback address, or any with DYNO_AUTH=keys (DYNO_BIND, default 127.0.0.1)")
    private String bind = "";

    @Mixin
    private DataOption folder = new DataOption();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this")
    private boolean help;

    /// Reads `args`.
    ///
    /// @return whether help was asked for and given: there is nothing left to do then
    /// @throws ParameterException where they cannot work
    boolean read(String[] args) {
        var commandLine = new CommandLine(this);
        commandLine.parseArgs(args);
        if (help) {
            commandLine.usage(System.out);
            return true;
        }
        if (port < 0 || port > MAX_PORT) {
            throw new ParameterException(commandLine, "--port is %d and has to be 0 to %d".formatted(port, MAX_PORT));
        }
        return false;
    }

    int port() {
        return port;
    }

    String bind() {
        return bind;
    }

    Path data() {
        return folder.data();
    }
}
