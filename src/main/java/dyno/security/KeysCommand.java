package dyno.security;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The command `keys`: works on the service's database itself, so that the first key needs none, and whoever may read
/// the database's password may make keys.
@Command(
        name = "dyno keys",
        description = "Make, list, replace or revoke the keys that clients show.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Works whether the service runs or not. Scopes: read looks, submit runs jobs and uploads, admin does all.",
            "Exit codes: 2 the arguments cannot work, 3 the database cannot be had."
        })
public final class KeysCommand {

    private static final int USAGE = 2;

    private final Function<Path, KeyDatabase> databases;
    private final InstantSource clock;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:DYNO_DATA:-data}",
            scope = ScopeType.INHERIT,
            description = "the service's data folder (DYNO_DATA, default ./data)")
    private Path data = Path.of("");

    /// @param databases opens the database of a data folder
    public KeysCommand(Function<Path, KeyDatabase> databases, InstantSource clock) {
        this.databases = databases;
        this.clock = clock;
    }

    /// Runs one command to its end. What `databases` throws is thrown on.
    ///
    /// @param out what was asked for: a key alone, or the list
    /// @param err everything else
    /// @return the exit code
    public int run(String[] args, PrintWriter out, PrintWriter err) {
        var line = new CommandLine(this)
                .addSubcommand("create", new Create())
                .addSubcommand("list", new Listing())
                .addSubcommand("rotate", new Rotate())
                .addSubcommand("revoke", new Revoke());
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .scopeType(ScopeType.INHERIT)
                        .description("show this")
                        .build());
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof KeyRefusedException) {
                        command.getErr().println(failure.getMessage());
                        return USAGE;
                    }
                    throw failure;
                })
                .execute(args);
    }

    private int with(Function<ApiKeys, Integer> work) {
        try (var database = databases.apply(data)) {
            return work.apply(new ApiKeys(database.dataSource(), clock));
        }
    }

    private static void show(ApiKeys.Made made, CommandLine line) {
        var key = made.key();
        line.getErr()
                .println("Key %s, scope %s, %s. It is shown this once:"
                        .formatted(
                                key.name(),
                                key.scope().word(),
                                key.expiresAt() == null ? "does not expire" : "expires " + key.expiresAt()));
        line.getErr().flush();
        line.getOut().println(made.text());
    }

    @Command(name = "create", description = "Make a key; it is printed once and stored nowhere.")
    private final class Create implements Callable<Integer> {

        @Option(names = "--name", required = true, paramLabel = "NAME", description = "who or what will use it")
        private String name = "";

        @Option(names = "--scope", required = true, paramLabel = "SCOPE", description = "read, submit or admin")
        private Scope scope = Scope.READ;

        @Option(
                names = "--expires",
                paramLabel = "P90D",
                description = "how long it lasts, as ISO 8601; for ever without")
        private @Nullable String expires;

        @Spec
        private CommandSpec own = CommandSpec.create();

        @Override
        public Integer call() {
            var lifetime = expires == null ? null : duration(expires, own.commandLine());
            return with(keys -> {
                show(keys.create(name, scope, lifetime), own.commandLine());
                return 0;
            });
        }
    }

    @Command(name = "rotate", description = "Make another key of this name, scope and time to live.")
    private final class Rotate implements Callable<Integer> {

        @Parameters(paramLabel = "NAME", description = "the key's name")
        private String name = "";

        @Option(
                names = "--overlap",
                paramLabel = "PT1H",
                defaultValue = "PT0S",
                description = "how long the old one still counts, as ISO 8601; not at all without")
        private String overlap = "";

        @Spec
        private CommandSpec own = CommandSpec.create();

        @Override
        public Integer call() {
            var kept = duration(overlap, own.commandLine());
            return with(keys -> {
                show(keys.rotate(name, kept), own.commandLine());
                return 0;
            });
        }
    }

    @Command(name = "revoke", description = "End every key of this name, from the next request on.")
    private final class Revoke implements Callable<Integer> {

        @Parameters(paramLabel = "NAME", description = "the key's name")
        private String name = "";

        @Spec
        private CommandSpec own = CommandSpec.create();

        @Override
        public Integer call() {
            return with(keys -> {
                keys.revoke(name);
                own.commandLine().getErr().println("Key %s is revoked.".formatted(name));
                return 0;
            });
        }
    }

    @Command(name = "list", description = "List every key that ever was, without its secret.")
    private final class Listing implements Callable<Integer> {

        @Spec
        private CommandSpec own = CommandSpec.create();

        @Override
        public Integer call() {
            return with(keys -> {
                var out = own.commandLine().getOut();
                out.println(row("name", "prefix", List.of("scope", "state", "created", "expires", "last used")));
                for (var key : keys.all()) {
                    out.println(row(
                            key.name(),
                            key.prefix(),
                            List.of(
                                    key.scope().word(),
                                    keys.state(key).name().toLowerCase(Locale.ROOT),
                                    key.createdAt().toString(),
                                    key.expiresAt() == null
                                            ? "never"
                                            : key.expiresAt().toString(),
                                    key.lastUsedAt() == null
                                            ? "never"
                                            : key.lastUsedAt().toString())));
                }
                return 0;
            });
        }

        private static String row(String name, String prefix, List<String> rest) {
            return "%-20s %-14s %-7s %-8s %-28s %-28s %s"
                    .formatted(name, prefix, rest.get(0), rest.get(1), rest.get(2), rest.get(3), rest.get(4));
        }
    }

    /// `P90D` or `PT12H`; a month is 30 days, a year 365.
    private static Duration duration(String text, CommandLine line) {
        try {
            return text.contains("T") ? Duration.parse(text) : days(Period.parse(text));
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new ParameterException(line, "'%s' is not a duration like P90D or PT12H".formatted(text), e);
        }
    }

    private static Duration days(Period period) {
        return Duration.ofDays(Math.addExact(
                Math.addExact(Math.multiplyExact(365L, period.getYears()), 30L * period.getMonths()),
                period.getDays()));
    }
}
