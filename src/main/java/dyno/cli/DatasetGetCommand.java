package dyno.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Shows a dataset.
@Command(name = "get", description = "Show a dataset, its files and what is known of it.")
final class DatasetGetCommand implements Callable<Integer> {

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Parameters(paramLabel = "NAME", description = "The dataset's name.")
    private String name = "";

    private final Session session;

    DatasetGetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var access = ServiceAccess.toRunning(service, session);
                var api = new Api(access.base())) {
            new DatasetReport(session.terminal(), output).print(api.get(DatasetCommand.PATH + "/" + Api.segment(name)));
            return ExitCode.FINE;
        }
    }
}
