package dyno.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Commands that the list of commands describes and that others carry out: the client has neither Spring nor tests.
final class OtherFaces {

    /// Carried out by the entry point.
    static CommandLine serve() {
        var spec = refusing("serve", "The client does not serve; start the service with ./dyno serve.");
        spec.usageMessage()
                .description(
                        "Run the service until it is told to stop.",
                        "Its database is an embedded PostgreSQL, or the one that DYNO_DATABASE_URL names.");
        List.of(
                        option("--port", "N", "Port to listen on, 0 for a free one (DYNO_PORT; 8080)."),
                        option("--bind", "ADDRESS", "Address to listen on (DYNO_BIND; 127.0.0.1)."),
                        option("--data", "DIR", "Folder of everything that it keeps (DYNO_DATA; ./data)."))
                .forEach(spec::addOption);
        return new CommandLine(spec);
    }

    /// Carried out by the entry point, with the service's database.
    static CommandLine keys() {
        var spec = refusing("keys", "Keys are made on the service's machine, with ./dyno keys.");
        spec.usageMessage()
                .description("Make, list, replace or revoke the keys that clients show. See dyno keys --help.");
        return new CommandLine(spec);
    }

    /// Carried out by the entry point.
    static CommandLine doctor() {
        var spec = refusing("doctor", "The service's machine is looked at there, with ./dyno doctor.");
        spec.usageMessage().description("Look at what the service needs on this machine, and say what to do.");
        spec.addOption(option("--data", "DIR", "The service's data folder (DYNO_DATA; ./data)."));
        return new CommandLine(spec);
    }

    /// Carried out by the entry point.
    static CommandLine backup() {
        return ofDataFolder("backup", "Write the embedded database and the datasets of a stopped service into a file.");
    }

    /// Carried out by the entry point.
    static CommandLine restore() {
        return ofDataFolder("restore", "Make an empty data folder what a backup holds.");
    }

    private static CommandLine ofDataFolder(String name, String description) {
        var spec = refusing(name, "Run it as ./dyno " + name + " FILE.");
        spec.usageMessage().description(description);
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FILE")
                .type(String.class)
                .description("The backup.")
                .build());
        spec.addOption(option("--data", "DIR", "The data folder (DYNO_DATA; ./data)."));
        return new CommandLine(spec);
    }

    /// Carried out by the launcher script, with Maven.
    static CommandLine test() {
        var spec = refusing("test", "A jar holds no tests; run ./dyno test where the sources are.");
        spec.usageMessage().description("Run the test suite, as CI runs it. Needs the sources.");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("ARGUMENTS")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("Handed on to the test run.")
                .build());
        return new CommandLine(spec);
    }

    private static CommandSpec refusing(String name, String reason) {
        Callable<Integer> refusal = () -> {
            throw new UnusableArgumentException(reason);
        };
        return CommandSpec.wrapWithoutInspection(refusal).name(name);
    }

    private static OptionSpec option(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    private OtherFaces() {}
}
