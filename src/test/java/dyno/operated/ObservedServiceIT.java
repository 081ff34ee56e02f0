package dyno.operated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dyno.support.ServiceProcess;
import dyno.support.TestFolders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Debian's Prometheus and a running service: whatever dashboards and rules ask is answered after a short mixed load.
@Tag("long")
class ObservedServiceIT {

    private static final String MEASURED = """
            {"engine": "generator", "workload": {"totalBytes": 1048576, "chunkBytes": 65536, "threads": 1},
             "variants": [{"name": "legacy", "workload": {"mode": "LEGACY"}}, {"name": "direct"}], "baseline": "legacy",
             "plan": {"forks": 3, "warmupIterations": 0, "iterations": 2, "minIterationMillis": 1},
             "labels": {"suite": "quick", "job": "fill"}}
            """;

    private static final String FAILING = """
            {"engine": "checker", "workload": {"stop": "MEASURING", "whileExists": "/"}, "plan": {"mode": "SMOKE"},
             "timeoutSeconds": 1}
            """;

    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][\\w:]*)(\\{[^}]*})?");

    private final Path folder = TestFolders.fresh("observed");

    @Test
    void answersEveryExpressionOfDashboardsAndRules() throws Exception {
        try (var service = ServiceProcess.start(folder.resolve("service"));
                var prometheus = Prometheus.start(
                        folder.resolve("prometheus"), service.uri("/").getPort())) {
            load(service);
            var expressions = expressions();

            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(() ->
                            assertThat(unanswered(prometheus, expressions)).isEmpty());

            assertThat(prometheus.rules())
                    .hasSizeGreaterThanOrEqualTo(20)
                    .allSatisfy(rule -> assertThat(rule.path("health").asString())
                            .as(rule.toString())
                            .isEqualTo("ok"));
        }
    }

    private static void load(ServiceProcess service) throws Exception {
        var jobs = new ArrayList<String>();
        for (var engine : List.of("generator", "marc", "grouping", "etl", "aggregation")) {
            var example = service.json("/api/v1/engines/" + engine).path("example");
            var answer = service.post(
                    "/api/v1/jobs",
                    "{\"engine\": \"%s\", \"workload\": %s, \"plan\": {\"mode\": \"SMOKE\"}}"
                            .formatted(engine, example));
            // Some examples are more than a small service lends to smoke jobs: a refusal is part of the load.
            if (answer.statusCode() == 202) {
                jobs.add(answer.headers().firstValue("Location").orElseThrow().replaceFirst(".*/", ""));
            }
        }
        jobs.add(service.submit(FAILING));
        jobs.add(service.submit(MEASURED));
        service.post("/api/v1/jobs", "{}");
        for (var job : jobs) {
            service.finished(job);
        }
        assertThat(service.json("/api/v1/jobs/" + jobs.getLast()).path("state").asString())
                .isEqualTo("SUCCEEDED");
    }

    /// Of dashboards whole; of alerts, which are meant to have no answer, everything that they look at.
    private static List<String> expressions() throws Exception {
        var expressions = new TreeSet<String>();
        for (var query : Dashboards.promQl()) {
            expressions.add(query.text().replaceAll("=~?\"\\$\\w+\"", "=~\".+\""));
        }
        for (var rule : PrometheusFilesTest.rules("record")) {
            expressions.add((String) rule.get("expr"));
        }
        for (var rule : PrometheusFilesTest.rules("alert")) {
            var expression = (String) rule.get("expr");
            var names = PromQl.metrics(expression);
            SELECTOR.matcher(expression)
                    .results()
                    .filter(selector -> names.contains(selector.group(1)))
                    .forEach(selector -> expressions.add(selector.group()));
        }
        assertThat(expressions).hasSizeGreaterThan(50);
        return List.copyOf(expressions);
    }

    private static List<String> unanswered(Prometheus prometheus, List<String> expressions) throws Exception {
        var unanswered = new ArrayList<String>();
        for (var expression : expressions) {
            if (!prometheus.hasData(expression)) {
                unanswered.add(expression);
            }
        }
        return unanswered;
    }
}
