package dyno.cli;

import picocli.CommandLine.Command;

/// What stands above the commands for single jobs.
@Command(
        name = "job",
        description = "Submit, look at, follow or cancel a job.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n")
final class JobCommand {}
