package dyno.cli;

import dyno.cli.Columns.Cell;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Shows what a suite would measure and how long that takes, by asking for each of its jobs.
@Command(name = "plan", description = "Show the jobs of a suite with their estimates; nothing is submitted.")
final class SuitesPlanCommand extends ClientCommand {

    @Mixin
    private final OutputOption output = new OutputOption();

    @Parameters(paramLabel = "SUITE", description = "The suite's name.")
    private String suite = "";

    SuitesPlanCommand(Session session) {
        super(session);
    }

    @Override
    int ask(Api api, ServiceAccess access) throws InterruptedException {
        var plan = Json.object().put("suite", suite).put("estimatedSeconds", 0L);
        var jobs = plan.putArray("jobs");
        var skipped = plan.putArray("skipped");
        for (var job :
                api.get("/api/v1/suites/" + Api.segment(suite)).path("jobs").values()) {
            try {
                add(jobs, job, api.post("/api/v1/jobs?dryRun=true", submission(job), Map.of()));
            } catch (RefusedException e) {
                skip(skipped, job, e);
            }
        }
        plan.put(
                "estimatedSeconds",
                jobs.values().stream()
                        .mapToLong(job -> job.path("estimatedSeconds").longValue(0))
                        .sum());
        print(plan);
        return ExitCode.FINE;
    }

    private static String submission(JsonNode job) {
        var tree = (ObjectNode) job.deepCopy();
        tree.remove("name");
        return tree.toString();
    }

    private static void add(ArrayNode jobs, JsonNode job, JsonNode dryRun) {
        jobs.addObject()
                .put("name", job.path("name").stringValue(""))
                .put("engine", job.path("engine").stringValue(""))
                .put("mode", dryRun.path("plan").path("mode").stringValue(""))
                .put("cases", dryRun.path("cases").size())
                .put("estimatedSeconds", dryRun.path("estimatedSeconds").longValue(0));
    }

    /// What only this service cannot run is left out of a submission too.
    private static void skip(ArrayNode skipped, JsonNode job, RefusedException refusal) {
        switch (refusal.problem().code()) {
            case "resource-limit", "unknown-dataset" ->
                skipped.addObject()
                        .put("name", job.path("name").stringValue(""))
                        .put("code", refusal.problem().code())
                        .put("reason", refusal.problem().detail());
            default -> throw refusal;
        }
    }

    private void print(JsonNode plan) {
        var out = terminal().out();
        if (output.isJson()) {
            out.println(Json.pretty(plan));
            return;
        }
        var columns = new Columns(List.of("job", "engine", "mode", "cases", "estimate"));
        int cases = 0;
        for (var job : plan.path("jobs").values()) {
            cases += job.path("cases").intValue();
            columns.add(List.of(
                    Cell.of(job.path("name").stringValue("")),
                    Cell.of(job.path("engine").stringValue("")),
                    Cell.of(job.path("mode").stringValue("")),
                    Cell.of(String.valueOf(job.path("cases").intValue())),
                    Cell.of(Quantity.seconds(job.path("estimatedSeconds").doubleValue()))));
        }
        columns.print(terminal());
        for (var job : plan.path("skipped").values()) {
            out.println("  left out %s: %s"
                    .formatted(
                            job.path("name").stringValue(""), job.path("reason").stringValue("")));
        }
        out.println("%d jobs, %d cases, about %s"
                .formatted(
                        plan.path("jobs").size(),
                        cases,
                        Quantity.seconds(plan.path("estimatedSeconds").doubleValue())));
    }
}
