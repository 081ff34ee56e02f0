package dyno.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Shows where a job is, or how it came out.
@Command(
        name = "get",
        description = "Show where a job is, or how it came out. A failed job is an answer: the exit code is 0.")
final class JobGetCommand implements Callable<Integer> {

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Parameters(paramLabel = "ID", description = "The job's id.")
    private String id = "";

    private final Session session;

    JobGetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var access = ServiceAccess.toRunning(service, session);
                var api = new Api(access.base())) {
            var job = api.get("/api/v1/jobs/" + Api.segment(id));
            if (output.isJson()) {
                session.terminal().out().println(Json.pretty(job));
            } else if (Follower.isFinal(job)) {
                new JobReport(session.terminal()).print(Watch.result(api, FollowedJob.nameOf(job), job));
            } else {
                new JobSummary(session.terminal()).print(job);
            }
            return ExitCode.FINE;
        }
    }
}
