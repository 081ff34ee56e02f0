package dyno.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Follows a job to its end.
@Command(
        name = "watch",
        description = {
            "Follow a job to its end and print its scores.",
            "The exit code is 1 where it did not succeed. Ctrl-C ends the watching, not the job."
        })
final class JobWatchCommand implements Callable<Integer> {

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Parameters(paramLabel = "ID", description = "The job's id.")
    private String id = "";

    private final Session session;

    JobWatchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var access = ServiceAccess.toRunning(service, session);
                var api = new Api(access.base())) {
            var job = FollowedJob.of(api.get("/api/v1/jobs/" + Api.segment(id)));
            var result = new Following(session, output.isJson())
                    .follow(api, List.of(job), access)
                    .getFirst();
            if (output.isJson()) {
                session.terminal().out().println(Json.pretty(result.tree()));
            } else {
                new JobReport(session.terminal()).print(result);
            }
            return result.isFine() ? ExitCode.FINE : ExitCode.JOB_FAILED;
        }
    }
}
