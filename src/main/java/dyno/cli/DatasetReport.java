package dyno.cli;

import dyno.cli.Columns.Cell;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A dataset for people: its files, and those of its facts that fit on a line.
///
/// @param output whether it is printed as JSON instead
record DatasetReport(Terminal terminal, OutputOption output) {

    void print(JsonNode dataset) {
        var out = terminal.out();
        if (output.isJson()) {
            out.println(Json.pretty(dataset));
            return;
        }
        out.println("%s  %s  %s"
                .formatted(
                        dataset.path("name").stringValue(""),
                        dataset.path("kind").stringValue(""),
                        Quantity.bytes(dataset.path("bytes").longValue(0))));
        var columns = new Columns(List.of("file", "size", "sha256"));
        for (var file : dataset.path("files").values()) {
            columns.add(List.of(
                    Cell.of(file.path("name").stringValue("")),
                    Cell.of(Quantity.bytes(file.path("bytes").longValue(0))),
                    Cell.of(file.path("sha256").stringValue(""))));
        }
        columns.print(terminal);
        for (var fact : dataset.path("facts").properties()) {
            // Lists are long; --json shows them.
            if (!fact.getValue().isArray()) {
                out.println("  %s: %s".formatted(fact.getKey(), text(fact.getValue())));
            }
        }
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }
}
