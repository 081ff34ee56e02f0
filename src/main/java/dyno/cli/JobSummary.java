package dyno.cli;

import tools.jackson.databind.JsonNode;

/// A job that is not over, for people.
final class JobSummary {

    private final Terminal terminal;

    JobSummary(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(JsonNode job) {
        var out = terminal.out();
        out.println("%s  %s  %s"
                .formatted(
                        job.path("id").stringValue(""),
                        job.path("engine").stringValue(""),
                        job.path("state").stringValue("")));
        if (job.path("cases").isNumber()) {
            String position = job.path("queuePosition").isNumber()
                    ? ", position %d in the queue"
                            .formatted(job.path("queuePosition").intValue())
                    : "";
            out.println("  %d cases, about %s%s"
                    .formatted(
                            job.path("cases").intValue(),
                            Quantity.seconds(job.path("estimatedSeconds").doubleValue(0)),
                            position));
        }
        if (job.path("progress").isObject()) {
            out.println("  " + ProgressText.of(job.path("progress")));
        }
        printWarnings(job);
    }

    /// @param dryRun the answer to a submission that was not meant
    void printDryRun(JsonNode dryRun) {
        var out = terminal.out();
        out.println("%d cases, about %s, %s of memory, %s of scratch space"
                .formatted(
                        dryRun.path("cases").size(),
                        Quantity.seconds(dryRun.path("estimatedSeconds").doubleValue(0)),
                        Quantity.bytes(dryRun.path("memoryBytes").longValue(0)),
                        Quantity.bytes(dryRun.path("scratchBytes").longValue(0))));
        dryRun.path("cases")
                .values()
                .forEach(planned -> out.println("  " + planned.path("name").stringValue("")));
        printWarnings(dryRun);
    }

    private void printWarnings(JsonNode answer) {
        for (var warning : answer.path("warnings").values()) {
            terminal.out()
                    .println("  warning %s: %s"
                            .formatted(
                                    warning.path("code").stringValue(""),
                                    warning.path("detail").stringValue("")));
        }
    }
}
