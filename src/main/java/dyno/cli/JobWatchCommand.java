package dyno.cli;

import java.util.List;
import picocli.CommandLine.Command;

/// Follows a job to its end.
@Command(
        name = "watch",
        description = {
            "Follow a job to its end and print its scores.",
            "The exit code is 1 where it did not succeed. Ctrl-C ends the watching, not the job."
        })
final class JobWatchCommand extends JobIdCommand {

    JobWatchCommand(Session session) {
        super(session);
    }

    @Override
    int ask(Api api, ServiceAccess access) throws InterruptedException {
        var job = FollowedJob.of(api.get(path()));
        var result = new Following(session(), isJson())
                .follow(api, List.of(job), access)
                .getFirst();
        if (isJson()) {
            terminal().out().println(Json.pretty(result.tree()));
        } else {
            new JobReport(terminal()).print(result);
        }
        return result.isFine() ? ExitCode.FINE : ExitCode.JOB_FAILED;
    }
}
