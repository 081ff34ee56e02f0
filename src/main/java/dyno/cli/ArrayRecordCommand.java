package dyno.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// What stands above the commands for ArrayRecord files.
@Command(
        name = "arrayrecord",
        description = "Describe, print, pack and verify ArrayRecord files.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Exit codes: 0 fine, 1 a file is not valid, 2 usage."})
final class ArrayRecordCommand {

    /// The command and those below it.
    static CommandLine line(Session session) {
        return new CommandLine(new ArrayRecordCommand())
                .addSubcommand(new ArrayRecordDescribeCommand(session))
                .addSubcommand(new ArrayRecordCatCommand(session))
                .addSubcommand(new ArrayRecordPackCommand(session))
                .addSubcommand(new ArrayRecordVerifyCommand(session));
    }

    /// @throws UnusableArgumentException where there is no such file
    static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UnusableArgumentException("%s is not a file".formatted(file));
        }
    }
}
