package dyno;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.ServiceProcess;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Forks get the heap that the estimate asks for: measuring and verifying a million rows have to fit into it.
@Tag("long")
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class AggregationMemoryIT {

    private static final String JOB = """
            {"engine": "aggregation",
             "workload": {"input": {"generate": {"scale": "PLAN_1M"}}, "loadMethod": "%s"},
             "variants": [{"name": "parallel"}, {"name": "streaming", "workload": {"strategy": "STREAMING"}},
                          {"name": "duckdb", "workload": {"strategy": "DUCKDB", "sums": "DOUBLE"}}],
             "plan": {"forks": 1, "warmupIterations": 1, "iterations": 1, "minIterationMillis": 0}}
            """;

    @TempDir
    private Path data;

    @Test
    void measuresAndVerifiesAMillionRowsInTheHeapThatTheEstimateAsksFor() throws Exception {
        try (var service = ServiceProcess.start(data)) {
            for (var loadMethod : new String[] {"NONE", "COPY_BINARY"}) {
                var job = service.finished(service.submit(JOB.formatted(loadMethod)));

                assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");
            }
        }
    }
}
