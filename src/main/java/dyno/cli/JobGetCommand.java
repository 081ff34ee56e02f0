package dyno.cli;

import picocli.CommandLine.Command;

/// Shows where a job is, or how it came out.
@Command(
        name = "get",
        description = "Show where a job is, or how it came out. A failed job is an answer: the exit code is 0.")
final class JobGetCommand extends JobIdCommand {

    JobGetCommand(Session session) {
        super(session);
    }

    @Override
    int ask(Api api, ServiceAccess access) throws InterruptedException {
        var job = api.get(path());
        if (isJson()) {
            terminal().out().println(Json.pretty(job));
        } else if (Follower.isFinal(job)) {
            new JobReport(terminal()).print(Watch.result(api, FollowedJob.nameOf(job), job));
        } else {
            new JobSummary(terminal()).print(job);
        }
        return ExitCode.FINE;
    }
}
