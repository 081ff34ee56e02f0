package dyno.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Cancels a job.
@Command(name = "cancel", description = "Cancel a job that waits or runs.")
final class JobCancelCommand implements Callable<Integer> {

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Parameters(paramLabel = "ID", description = "The job's id.")
    private String id = "";

    private final Session session;

    JobCancelCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var access = ServiceAccess.toRunning(service, session);
                var api = new Api(access.base())) {
            var job = api.post("/api/v1/jobs/" + Api.segment(id) + "/cancel");
            if (output.isJson()) {
                session.terminal().out().println(Json.pretty(job));
            } else {
                new JobSummary(session.terminal()).print(job);
            }
            return ExitCode.FINE;
        }
    }
}
