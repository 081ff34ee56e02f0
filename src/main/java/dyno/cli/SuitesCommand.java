package dyno.cli;

import dyno.cli.Columns.Cell;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists the suites of a service.
@Command(
        name = "suites",
        description = "List the suites that 'dyno bench' can run.",
        commandListHeading = "%nCommands:%n")
final class SuitesCommand extends ClientCommand {

    @Mixin
    private final OutputOption output = new OutputOption();

    SuitesCommand(Session session) {
        super(session);
    }

    @Override
    int ask(Api api, ServiceAccess access) throws InterruptedException {
        var suites = api.get("/api/v1/suites");
        if (output.isJson()) {
            terminal().out().println(Json.pretty(suites));
            return ExitCode.FINE;
        }
        var columns = new Columns(List.of("suite", "jobs", "description"));
        for (var suite : suites.path("items").values()) {
            columns.add(List.of(
                    Cell.of(suite.path("name").stringValue("")),
                    Cell.of(String.valueOf(suite.path("jobs").size())),
                    Cell.of(suite.path("description").stringValue(""))));
        }
        columns.print(terminal());
        return ExitCode.FINE;
    }
}
