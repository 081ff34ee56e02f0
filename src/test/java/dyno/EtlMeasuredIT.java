package dyno;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.ServiceProcess;
import dyno.support.TestFolders;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import tools.jackson.databind.JsonNode;

/// What only forks that are measured can tell of the engine's pipelines.
@Tag("long")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class EtlMeasuredIT {

    @Test
    void handsBatchesOverFasterThanRecordsAndTakesNoMoreMemoryForMoreOfThem() throws Exception {
        try (var service = ServiceProcess.start(TestFolders.fresh("EtlMeasuredIT"))) {
            var job = service.finished(service.submit("""
                    {"engine": "etl", "workload": {"profile": "LEVEL_3"},
                     "variants": [{"name": "record", "workload": {"handOver": "RECORD"}}, {"name": "batch"}],
                     "baseline": "record", "matrix": {"records": [1000000, 10000000]},
                     "plan": {"forks": 1, "warmupIterations": 2, "iterations": 3}}
                    """));
            assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");
            var run = service.json("/api/v1/runs/" + job.path("runId").asString());

            // Each fact by itself: the ratio needs a machine with nothing else on it, the others do not.
            SoftAssertions.assertSoftly(facts -> {
                for (var one : run.path("cases")) {
                    facts.assertThat(one.at("/metrics/queueDepthHighWater").asLong())
                            .isPositive()
                            .isLessThanOrEqualTo(
                                    one.at("/metrics/queueCapacity").asLong());
                }
                facts.assertThat(peakRss(run, "batch[records=10000000]") / peakRss(run, "batch[records=1000000]"))
                        .as("memory for ten times as many records")
                        .isBetween(0.9, 1.1);
                facts.assertThat(caseOf(run, "batch[records=1000000]")
                                .at("/speedup/ratio")
                                .asDouble())
                        .as("batch over record")
                        .isGreaterThanOrEqualTo(6);
            });
        }
    }

    private static double peakRss(JsonNode run, String name) {
        return caseOf(run, name).at("/resources/peakRssBytes").asDouble();
    }

    private static JsonNode caseOf(JsonNode run, String name) {
        for (var one : run.path("cases")) {
            if (one.path("name").asString().equals(name)) {
                return one;
            }
        }
        throw new AssertionError("There is no case " + name);
    }
}
