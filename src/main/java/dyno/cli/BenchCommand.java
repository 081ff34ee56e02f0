package dyno.cli;

import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// Runs a suite from submission to the table of scores.
@Command(
        name = "bench",
        description = {
            "Run a suite and print its scores and speed-ups.",
            "Without a service named or running on the data folder, one is started and stopped at the end.",
            "Ctrl-C cancels the jobs that were submitted.",
            "With a baseline the exit code is 4 where a case became worse than it was there."
        })
final class BenchCommand implements Callable<Integer> {

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Parameters(paramLabel = "SUITE", description = "Name of the suite, as 'dyno suites' lists it: quick")
    private String suite = "";

    @Option(
            names = "--baseline",
            paramLabel = "NAME",
            description = "Compare each job's run with a baseline: its name, or the id of a run.")
    private @Nullable String baseline;

    private final Session session;

    BenchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var access = ServiceAccess.orStart(service, session);
                var api = new Api(access.base());
                var interruption = Interruption.guard(access, session.terminal())) {
            if (baseline != null) {
                BaselineComparison.require(api, baseline);
            }
            var submitted = api.post("/api/v1/suites/" + Api.segment(suite) + "/jobs");
            var jobs = submitted.path("jobs").values().stream()
                    .map(FollowedJob::of)
                    .toList();
            interruption.submitted(jobs.stream().map(FollowedJob::id).toList());
            var results = new Following(session, output.isJson()).follow(api, jobs, access);
            if (interruption.isUnderWay()) {
                return ExitCode.INTERRUPTED;
            }
            var compared = baseline == null ? null : BaselineComparison.of(api, baseline, results);
            print(submitted, results, access.base(), compared);
            if (results.isEmpty()) {
                session.terminal().err().println("No job of suite " + suite + " can run on this node.");
            }
            if (!isFine(results)) {
                return ExitCode.JOB_FAILED;
            }
            return compared != null && compared.isRegression() ? ExitCode.REGRESSION : ExitCode.FINE;
        }
    }

    /// A suite of which nothing ran measured nothing.
    private static boolean isFine(List<JobResult> results) {
        return !results.isEmpty() && results.stream().allMatch(JobResult::isFine);
    }

    private void print(JsonNode submitted, List<JobResult> results, URI server, @Nullable BaselineComparison compared) {
        if (output.isJson()) {
            var tree = Json.object();
            tree.put("suite", suite);
            tree.set("suiteRun", submitted.path("suiteRun"));
            tree.put("server", server.toString());
            tree.put("succeeded", isFine(results));
            var jobs = tree.putArray("jobs");
            results.forEach(result -> jobs.add(result.tree()));
            tree.putArray("skipped")
                    .addAll(List.copyOf(submitted.path("skipped").values()));
            if (compared != null) {
                var comparisons = tree.putArray("comparisons");
                compared.jobs().forEach(job -> comparisons.add(job.tree()));
            }
            session.terminal().out().println(Json.pretty(tree));
        } else {
            var report = new JobReport(session.terminal());
            for (var result : results) {
                session.terminal().out().println();
                report.print(result);
            }
            submitted.path("skipped").values().forEach(this::printSkipped);
            if (compared != null) {
                compared.print(session.terminal());
            }
        }
    }

    private void printSkipped(JsonNode skipped) {
        session.terminal()
                .out()
                .println("%nskipped %s: %s"
                        .formatted(
                                skipped.path("name").stringValue(""),
                                skipped.path("reason").stringValue("")));
    }
}
