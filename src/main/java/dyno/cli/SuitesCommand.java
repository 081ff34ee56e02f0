package dyno.cli;

import dyno.cli.Columns.Cell;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists the suites of a service.
@Command(name = "suites", description = "List the suites that 'dyno bench' can run.")
final class SuitesCommand implements Callable<Integer> {

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    private final Session session;

    SuitesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var access = ServiceAccess.toRunning(service, session);
                var api = new Api(access.base())) {
            var suites = api.get("/api/v1/suites");
            if (output.isJson()) {
                session.terminal().out().println(Json.pretty(suites));
                return ExitCode.FINE;
            }
            var columns = new Columns(List.of("suite", "jobs", "description"));
            for (var suite : suites.path("items").values()) {
                columns.add(List.of(
                        Cell.of(suite.path("name").stringValue("")),
                        Cell.of(String.valueOf(suite.path("jobs").size())),
                        Cell.of(suite.path("description").stringValue(""))));
            }
            columns.print(session.terminal());
            return ExitCode.FINE;
        }
    }
}
