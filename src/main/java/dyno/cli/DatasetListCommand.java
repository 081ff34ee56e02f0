package dyno.cli;

import dyno.cli.Columns.Cell;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// Lists datasets.
@Command(name = "list", description = "List the datasets of a service, newest first.")
final class DatasetListCommand implements Callable<Integer> {

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    private final Session session;

    DatasetListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var access = ServiceAccess.toRunning(service, session);
                var api = new Api(access.base())) {
            var all = Json.object();
            var items = all.putArray("items");
            String cursor = "";
            do {
                var page = api.get(DatasetCommand.PATH + "?limit=200" + cursor);
                page.path("items").values().forEach(items::add);
                String next = page.path("nextCursor").stringValue("");
                cursor = next.isEmpty() ? "" : "&cursor=" + Api.segment(next);
            } while (!cursor.isEmpty());
            print(all);
            return ExitCode.FINE;
        }
    }

    private void print(JsonNode all) {
        if (output.isJson()) {
            session.terminal().out().println(Json.pretty(all));
            return;
        }
        var columns = new Columns(List.of("dataset", "kind", "files", "size", "stored"));
        for (var dataset : all.path("items").values()) {
            columns.add(List.of(
                    Cell.of(dataset.path("name").stringValue("")),
                    Cell.of(dataset.path("kind").stringValue("")),
                    Cell.of(String.valueOf(dataset.path("files").size())),
                    Cell.of(Quantity.bytes(dataset.path("bytes").longValue(0))),
                    Cell.of(dataset.path("createdAt").stringValue(""))));
        }
        columns.print(session.terminal());
    }
}
