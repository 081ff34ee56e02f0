package dyno.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// What stands above all commands. By itself it does nothing: the parser asks for a command.
@Command(
        name = "dyno",
        description = "Puts data engines on a dynamometer: benchmark jobs over HTTP, measured in fresh JVMs.",
        versionProvider = DynoCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Exit codes: 0 fine, 1 a job failed, 2 usage, 3 could not start, 4 a regression was found.",
            "dyno COMMAND --help tells more."
        })
final class DynoCommand {

    /// The jar's version; classes that were not packed have none.
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            var version = DynoCommand.class.getPackage().getImplementationVersion();
            return new String[] {"dyno " + (version == null ? "(not packed)" : version)};
        }
    }
}
