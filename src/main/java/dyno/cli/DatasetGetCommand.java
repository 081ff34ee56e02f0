package dyno.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Shows a dataset.
@Command(name = "get", description = "Show a dataset, its files and what is known of it.")
final class DatasetGetCommand extends ClientCommand {

    @Mixin
    private final OutputOption output = new OutputOption();

    @Parameters(paramLabel = "NAME", description = "The dataset's name.")
    private String name = "";

    DatasetGetCommand(Session session) {
        super(session);
    }

    @Override
    int ask(Api api, ServiceAccess access) throws InterruptedException {
        new DatasetReport(terminal(), output).print(api.get(DatasetCommand.PATH + "/" + Api.segment(name)));
        return ExitCode.FINE;
    }
}
