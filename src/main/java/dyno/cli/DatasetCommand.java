package dyno.cli;

import picocli.CommandLine.Command;

/// What stands above the commands for datasets.
@Command(
        name = "dataset",
        description = "Upload, list, look at or delete datasets: input that jobs can name.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class DatasetCommand {

    static final String PATH = "/api/v1/datasets";
}
