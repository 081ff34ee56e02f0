package dyno.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// A command about one job.
abstract class JobIdCommand extends ClientCommand {

    @Mixin
    private final OutputOption output = new OutputOption();

    @Parameters(paramLabel = "ID", description = "The job's id.")
    private String id = "";

    JobIdCommand(Session session) {
        super(session);
    }

    final boolean isJson() {
        return output.isJson();
    }

    /// The job's resource.
    final String path() {
        return "/api/v1/jobs/" + Api.segment(id);
    }
}
