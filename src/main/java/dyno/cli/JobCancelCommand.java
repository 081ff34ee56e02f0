package dyno.cli;

import picocli.CommandLine.Command;

/// Cancels a job.
@Command(name = "cancel", description = "Cancel a job that waits or runs.")
final class JobCancelCommand extends JobIdCommand {

    JobCancelCommand(Session session) {
        super(session);
    }

    @Override
    int ask(Api api, ServiceAccess access) throws InterruptedException {
        var job = api.post(path() + "/cancel");
        if (isJson()) {
            terminal().out().println(Json.pretty(job));
        } else {
            new JobSummary(terminal()).print(job);
        }
        return ExitCode.FINE;
    }
}
