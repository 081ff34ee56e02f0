package dyno.cli;

import dyno.cli.Columns.Cell;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A finished job for people: its state, the table of its cases, and what went wrong.
final class JobReport {

    private final Terminal terminal;
    private final ScoreText text;

    JobReport(Terminal terminal) {
        this.terminal = terminal;
        this.text = new ScoreText(terminal.glyphs());
    }

    void print(JobResult result) {
        var job = result.job();
        String state = job.path("state").stringValue("");
        terminal.out()
                .println(result.name() + "  "
                        + (result.isFine() ? Ink.GOOD : Ink.BAD).on(state, terminal)
                        + Ink.FAINT.on(origin(result), terminal));
        printCases(result.run().path("cases"));
        printFailure("", job.path("failure"));
        for (var measured : result.run().path("cases").values()) {
            printFailure(measured.path("name").stringValue("") + ": ", measured.path("failure"));
        }
        printWarnings(result.run().path("cases"));
    }

    private static String origin(JobResult result) {
        var run = result.run();
        String engine = result.job().path("engine").stringValue("");
        var origin = new StringBuilder();
        if (!engine.equals(result.name())) {
            origin.append("  ").append(engine);
        }
        if (run.isObject()) {
            origin.append("  run ").append(run.path("id").stringValue(""));
        } else {
            origin.append("  job ").append(result.job().path("id").stringValue(""));
        }
        String grade = run.path("quality").path("grade").stringValue("");
        return grade.isEmpty() ? origin.toString() : origin + "  quality " + grade;
    }

    private void printCases(JsonNode cases) {
        if (cases.isEmpty()) {
            return;
        }
        var columns = new Columns(List.of("case", "score", "95 %", "speed-up", "verified"));
        for (var measured : cases.values()) {
            columns.add(List.of(
                    Cell.of(measured.path("name").stringValue("")),
                    Cell.of(text.value(measured.path("score"))),
                    Cell.of(text.interval(measured.path("score"))),
                    Cell.of(text.speedup(measured)),
                    verified(measured)));
        }
        columns.print(terminal);
    }

    private static Cell verified(JsonNode measured) {
        String status = measured.path("verification").path("status").stringValue("");
        if (status.isEmpty()) {
            String code = measured.path("failure").path("code").stringValue("");
            return new Cell(code, Ink.BAD);
        }
        return new Cell(status.toLowerCase(Locale.ROOT), status.equals("PASSED") ? Ink.GOOD : Ink.BAD);
    }

    private void printFailure(String place, JsonNode failure) {
        if (failure.isObject()) {
            String inCase = failure.path("case").stringValue("");
            terminal.out()
                    .println(Ink.BAD.on(
                            "  %s%s%s: %s"
                                    .formatted(
                                            place,
                                            failure.path("code").stringValue(""),
                                            inCase.isEmpty() ? "" : " in " + inCase,
                                            failure.path("message").stringValue("")),
                            terminal));
        }
    }

    private void printWarnings(JsonNode cases) {
        String codes = cases.values().stream()
                .flatMap(measured -> measured.path("warnings").values().stream())
                .map(warning -> warning.path("code").stringValue(""))
                .distinct()
                .collect(Collectors.joining(", "));
        if (!codes.isEmpty()) {
            terminal.out().println(Ink.FAINT.on("  warnings: " + codes, terminal));
        }
    }
}
