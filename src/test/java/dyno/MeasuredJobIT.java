package dyno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dyno.support.EventStream.Event;
import dyno.support.ServiceProcess;
import dyno.support.StoredRuns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// From POST to the stored run, with a real service, real forks and a real database.
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class MeasuredJobIT {

    /// 97.5 % quantile of Student's t with two degrees of freedom: three forks.
    private static final double T_2 = 4.302652729911275;

    @TempDir
    static Path data;

    private static ServiceProcess service;

    @BeforeAll
    static void start() throws Exception {
        service = ServiceProcess.start(data);
    }

    @AfterAll
    static void checkWhatIsStoredAndStop() throws Exception {
        try (var database = service.database()) {
            assertThat(StoredRuns.check(database)).isPositive();
        } finally {
            service.close();
        }
    }

    @Test
    void interleavesTheForksOfItsCasesInRotatedOrder() throws Exception {
        String id = service.submit("""
                {"engine": "checker",
                 "variants": [{"name": "one"}, {"name": "two"}],
                 "baseline": "one",
                 "matrix": {"blockBytes": [4096, 16384]},
                 "plan": {"forks": 3, "warmupIterations": 1, "iterations": 2, "minIterationMillis": 5}}
                """);
        List<Event> events;
        try (var stream = service.events(id)) {
            events = stream.until(event -> event.type().equals("end"));
        }
        var job = service.json("/api/v1/jobs/" + id);
        assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");

        assertThat(forksInOrder(events))
                .containsExactly("0/0", "1/0", "2/0", "3/0", "1/1", "2/1", "3/1", "0/1", "2/2", "3/2", "0/2", "1/2");
        assertThat(events.stream().map(Event::id))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, events.size())
                        .mapToObj(Long::valueOf)
                        .toList());
        assertThat(events.stream().filter(event -> event.type().equals("case"))).hasSize(4);

        var run = service.json("/api/v1/runs/" + job.path("runId").asString() + "?expand=samples");
        assertThat(run.path("cases")).hasSize(4);
        var pids = new HashSet<Long>();
        for (var one : run.path("cases")) {
            assertThat(one.path("forks")).hasSize(3);
            for (var fork : one.path("forks")) {
                pids.add(fork.path("pid").asLong());
                assertThat(fork.path("samples")).hasSize(2);
            }
            assertThat(one.path("score").path("forks").asInt()).isEqualTo(3);
            assertThat(one.path("score").path("samples").asInt()).isEqualTo(6);
            assertThat(one.path("verification").path("status").asString()).isEqualTo("PASSED");
        }
        assertThat(pids).hasSize(12).doesNotContain(service.pid());
    }

    @Test
    void scoreIntervalAndSpeedupRecomputeFromTheSamples() throws Exception {
        String id = service.submit("""
                {"engine": "checker",
                 "variants": [{"name": "small", "workload": {"blockBytes": 4096}}, {"name": "large"}],
                 "baseline": "small",
                 "plan": {"forks": 3, "warmupIterations": 1, "iterations": 3, "minIterationMillis": 5}}
                """);
        var job = service.finished(id);
        assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");
        var run = service.json("/api/v1/runs/" + job.path("runId").asString() + "?expand=samples");

        double[][] medians = StreamSupport.stream(run.path("cases").spliterator(), false)
                .map(MeasuredJobIT::logMedians)
                .toArray(double[][]::new);
        for (int i = 0; i < 2; i++) {
            var score = run.path("cases").get(i).path("score");
            double mean = mean(medians[i]);
            double half = T_2 * deviation(medians[i]) / Math.sqrt(3);
            assertClose(score.path("value").asDouble(), Math.exp(mean));
            assertClose(score.path("ci95").get(0).asDouble(), Math.exp(mean - half));
            assertClose(score.path("ci95").get(1).asDouble(), Math.exp(mean + half));
        }
        double[] differences = IntStream.range(0, 3)
                .mapToDouble(i -> medians[1][i] - medians[0][i])
                .toArray();
        double half = T_2 * deviation(differences) / Math.sqrt(3);
        var speedup = run.path("cases").get(1).path("speedup");
        assertThat(speedup.path("baseline").asString()).isEqualTo("small");
        assertClose(speedup.path("ratio").asDouble(), Math.exp(mean(differences)));
        assertClose(speedup.path("ci95").get(0).asDouble(), Math.exp(mean(differences) - half));
        assertClose(speedup.path("ci95").get(1).asDouble(), Math.exp(mean(differences) + half));
    }

    @Test
    void anEngineAddedToTheCatalogIsListedValidatedAndMetered() throws Exception {
        var engine = service.json("/api/v1/engines/checker");
        assertThat(engine.path("title").asString()).isEqualTo("Checksums");
        assertThat(engine.toString()).contains("bytes a checksum is taken of");

        var refused = service.post("/api/v1/jobs", """
                {"engine": "checker", "workload": {"blockBytes": 0}}
                """);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("/workload/blockBytes");

        var job = service.finished(service.submit("""
                {"engine": "checker", "plan": {"mode": "SMOKE"}}
                """));
        assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");
        assertThat(service.get("/actuator/prometheus").body().lines())
                .anyMatch(line -> line.startsWith("dyno_jobs_finished_total")
                        && line.contains("engine=\"checker\"")
                        && line.contains("mode=\"SMOKE\"")
                        && line.endsWith(" 1.0"));
    }

    @Test
    void gradesARunAndKeepsAProfileOfAForkThatDoesNotCount() throws Exception {
        var job = service.finished(service.submit("""
                {"engine": "checker",
                 "plan": {"forks": 1, "warmupIterations": 1, "iterations": 2, "minIterationMillis": 50,
                          "profile": "JFR"}}
                """));
        assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");
        var run = service.json("/api/v1/runs/" + job.path("runId").asString() + "?expand=samples");

        assertThat(run.at("/quality/grade").asString()).matches("[B-D]");
        assertThat(run.at("/quality/warnings").toString()).contains("FEW_FORKS");
        assertThat(run.at("/quality/canary/score").asDouble()).isPositive();
        var one = run.at("/cases/0");
        assertThat(one.path("forks")).hasSize(1);
        assertThat(one.at("/forks/0/surroundings/canaryScore").asDouble()).isPositive();
        assertThat(one.path("artifacts").findValuesAsString("name"))
                .as(one.path("warnings").toString())
                .containsExactly("flamegraph.html", "profile.jfr");
        var kept = data.resolve("outputs/" + job.path("id").asString() + "/default");
        assertThat(kept.resolve("profile.jfr")).isNotEmptyFile();
        var page = service.get("/api/v1/runs/" + job.path("runId").asString() + "/artifacts/default/flamegraph.html");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("inline");
        assertThat(page.body()).contains("<canvas");
    }

    private static List<String> forksInOrder(List<Event> events) {
        var order = new ArrayList<String>();
        for (var event : events) {
            if (event.type().equals("progress")) {
                String at = "%d/%d"
                        .formatted(
                                event.data().path("case").asInt(),
                                event.data().path("fork").asInt());
                if (order.isEmpty() || !order.getLast().equals(at)) {
                    order.add(at);
                }
            }
        }
        return order;
    }

    private static double[] logMedians(JsonNode one) {
        return StreamSupport.stream(one.path("forks").spliterator(), false)
                .mapToDouble(fork -> {
                    double[] throughputs = StreamSupport.stream(
                                    fork.path("samples").spliterator(), false)
                            .mapToDouble(sample -> sample.path("bytes").asDouble()
                                    / (sample.path("elapsedNanos").asDouble() / 1e9))
                            .sorted()
                            .toArray();
                    return Math.log(throughputs[throughputs.length / 2]);
                })
                .toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
    }

    private static void assertClose(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(Math.abs(expected) * 1e-9));
    }
}
