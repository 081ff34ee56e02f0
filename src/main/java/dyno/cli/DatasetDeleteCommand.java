package dyno.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Deletes a dataset.
@Command(name = "delete", description = "Delete a dataset that no waiting or running job reads.")
final class DatasetDeleteCommand implements Callable<Integer> {

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Parameters(paramLabel = "NAME", description = "The dataset's name.")
    private String name = "";

    private final Session session;

    DatasetDeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var access = ServiceAccess.toRunning(service, session);
                var api = new Api(access.base())) {
            api.delete(DatasetCommand.PATH + "/" + Api.segment(name));
            return ExitCode.FINE;
        }
    }
}
