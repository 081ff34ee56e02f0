package dyno.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/// The client face and the list of all commands.
public final class Cli {

    private Cli() {}

    /// Runs one command to its end, printing to the process's own streams.
    ///
    /// @return the exit code: 0 fine, 1 a job failed, 2 usage, 3 could not start, 4 a regression was found
    public static int run(String[] args) {
        return run(args, Session.ofProcess());
    }

    static int run(String[] args, Session session) {
        var terminal = session.terminal();
        var commands = commands(session);
        commands.getCommandSpec()
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Show the version and exit.")
                        .build());
        addHelp(commands);
        return commands.setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(Help.defaultColorScheme(terminal.coloured() ? Ansi.ON : Ansi.OFF))
                .setExecutionExceptionHandler((failure, command, _) -> explain(failure, command))
                .execute(args);
    }

    private static CommandLine commands(Session session) {
        var job = new CommandLine(new JobCommand())
                .addSubcommand(new JobSubmitCommand(session))
                .addSubcommand(new JobGetCommand(session))
                .addSubcommand(new JobWatchCommand(session))
                .addSubcommand(new JobCancelCommand(session));
        var dataset = new CommandLine(new DatasetCommand())
                .addSubcommand(new DatasetPutCommand(session))
                .addSubcommand(new DatasetListCommand(session))
                .addSubcommand(new DatasetGetCommand(session))
                .addSubcommand(new DatasetDeleteCommand(session));
        return new CommandLine(new DynoCommand())
                .addSubcommand(new BenchCommand(session))
                .addSubcommand(job)
                .addSubcommand(new CompareCommand(session))
                .addSubcommand(dataset)
                .addSubcommand(
                        new CommandLine(new SuitesCommand(session)).addSubcommand(new SuitesPlanCommand(session)))
                .addSubcommand(new CommandLine(new GenerateCommand(session)).setCaseInsensitiveEnumValuesAllowed(true))
                .addSubcommand(ArrayRecordCommand.line(session))
                .addSubcommand(OtherFaces.serve())
                .addSubcommand(OtherFaces.keys())
                .addSubcommand(OtherFaces.doctor())
                .addSubcommand(OtherFaces.backup())
                .addSubcommand(OtherFaces.restore())
                .addSubcommand(OtherFaces.test());
    }

    private static void addHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help and exit.")
                        .build());
        command.getSubcommands().values().forEach(Cli::addHelp);
    }

    /// What a command throws on purpose is a sentence; everything else is a defect and keeps its stack trace.
    private static int explain(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof CommandException expected) {
            command.getErr().println(expected.getMessage());
            return expected.exitCode();
        }
        throw failure;
    }
}
