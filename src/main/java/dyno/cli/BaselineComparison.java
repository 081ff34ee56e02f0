package dyno.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// Results of a suite against a baseline.
///
/// @param jobs one for each result, in its order
record BaselineComparison(List<OfJob> jobs) {

    /// @param name       of the job
    /// @param comparison as the service gives it; a missing node where there is nothing to compare with
    /// @param absent     why it is missing; empty otherwise
    record OfJob(String name, JsonNode comparison, String absent) {

        ObjectNode tree() {
            var tree = Json.object();
            tree.put("name", name);
            tree.set("comparison", comparison.isMissingNode() ? tree.nullNode() : comparison);
            if (!absent.isEmpty()) {
                tree.put("comparisonReason", absent);
            }
            return tree;
        }
    }

    /// Whether there is such a baseline: better said before a suite is measured than after.
    ///
    /// @param baseline id of a run, or name of a baseline
    /// @throws RefusedException where there is none
    static void require(Api api, String baseline) throws InterruptedException {
        api.get((isRun(baseline) ? "/api/v1/runs/" : "/api/v1/baselines/") + Api.segment(baseline));
    }

    static BaselineComparison of(Api api, String baseline, List<JobResult> results) throws InterruptedException {
        var jobs = new ArrayList<OfJob>();
        for (var result : results) {
            jobs.add(ofJob(api, baseline, result));
        }
        return new BaselineComparison(List.copyOf(jobs));
    }

    private static OfJob ofJob(Api api, String baseline, JobResult result) throws InterruptedException {
        String run = result.run().path("id").stringValue("");
        if (run.isEmpty()) {
            return new OfJob(result.name(), MissingNode.getInstance(), "there is no run");
        }
        try {
            var comparison = api.get(
                    "/api/v1/comparisons?baseline=%s&candidate=%s".formatted(Api.segment(baseline), Api.segment(run)));
            return new OfJob(result.name(), comparison, "");
        } catch (RefusedException e) {
            // A job that is new in the suite has no run to be compared with.
            if (e.problem().status() == 404) {
                return new OfJob(
                        result.name(), MissingNode.getInstance(), e.problem().detail());
            }
            throw e;
        }
    }

    boolean isRegression() {
        return jobs.stream().map(OfJob::comparison).anyMatch(ComparisonReport::isRegression);
    }

    void print(Terminal terminal) {
        var report = new ComparisonReport(terminal);
        for (var job : jobs) {
            terminal.out().println();
            if (job.absent().isEmpty()) {
                report.print(job.name(), job.comparison());
            } else {
                terminal.out().println(job.name() + " is not compared: " + job.absent());
            }
        }
    }

    private static boolean isRun(String baseline) {
        return baseline.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    }
}
