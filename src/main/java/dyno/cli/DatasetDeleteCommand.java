package dyno.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Deletes a dataset.
@Command(name = "delete", description = "Delete a dataset that no waiting or running job reads.")
final class DatasetDeleteCommand extends ClientCommand {

    @Parameters(paramLabel = "NAME", description = "The dataset's name.")
    private String name = "";

    DatasetDeleteCommand(Session session) {
        super(session);
    }

    @Override
    int ask(Api api, ServiceAccess access) throws InterruptedException {
        api.delete(DatasetCommand.PATH + "/" + Api.segment(name));
        return ExitCode.FINE;
    }
}
