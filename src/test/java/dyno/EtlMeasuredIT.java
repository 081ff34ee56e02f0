package dyno;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.ServiceProcess;
import dyno.support.TestFolders;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

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

            double few = 0;
            double many = 0;
            for (var one : run.path("cases")) {
                switch (one.path("name").asString()) {
                    case "batch[records=1000000]" -> {
                        few = one.at("/resources/peakRssBytes").asDouble();
                        assertThat(one.at("/speedup/ratio").asDouble()).isGreaterThanOrEqualTo(6);
                    }
                    case "batch[records=10000000]" ->
                        many = one.at("/resources/peakRssBytes").asDouble();
                    default -> assertThat(one.path("name").asString()).startsWith("record[");
                }
                assertThat(one.at("/metrics/queueDepthHighWater").asLong())
                        .isPositive()
                        .isLessThanOrEqualTo(one.at("/metrics/queueCapacity").asLong());
            }
            assertThat(many / few).isBetween(0.9, 1.1);
        }
    }
}
