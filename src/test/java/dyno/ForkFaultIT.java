package dyno;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.EventStream;
import dyno.support.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Forks that end as they should not, seen through the API of a real service.
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class ForkFaultIT {

    @TempDir
    Path data;

    @Test
    void aForkKilledByHandFailsTheJobWithStatusAndLastOutput() throws Exception {
        var gate = Files.createFile(data.resolve("gate"));
        try (var service = ServiceProcess.start(data.resolve("service"))) {
            String id = service.submit("""
                    {"engine": "checker", "workload": {"stop": "MEASURING", "whileExists": "%s"}}
                    """.formatted(gate));
            try (var events = service.events(id)) {
                events.until(EventStream.stage("MEASURING"));
            }
            service.forks().forEach(ProcessHandle::destroyForcibly);

            var job = service.finished(id);
            assertThat(job.path("state").asString()).isEqualTo("FAILED");
            var failure = job.path("failure");
            assertThat(failure.path("code").asString()).isEqualTo("FORK_FAILED");
            assertThat(failure.path("case").asString()).isEqualTo("default");
            assertThat(failure.path("details").path("exitStatus").asInt()).isEqualTo(137);
            assertThat(failure.path("details").has("lastOutput")).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "garbage,      FAILED, FORK_FAILED",
        "hang,         FAILED, FORK_FAILED",
        "wrong-result, FAILED, VERIFICATION_FAILED"
    })
    void aForkThatMisbehavesFailsItsCase(String fault, String state, String code) throws Exception {
        failsItsCase(fault, state, code);
    }

    @Test
    @Tag("long")
    void aForkThatCrashesFailsItsCase() throws Exception {
        failsItsCase("crash", "FAILED", "FORK_FAILED");
    }

    private void failsItsCase(String fault, String state, String code) throws Exception {
        try (var service =
                ServiceProcess.start(data.resolve("service"), "-Ddyno.fork.extraFlags=-Ddyno.fork.fault=" + fault)) {
            var job = service.finished(service.submit("""
                    {"engine": "checker",
                     "plan": {"forks": 1, "warmupIterations": 1, "iterations": 1, "minIterationMillis": 1},
                     "caseTimeoutSeconds": 5}
                    """));
            assertThat(job.path("state").asString()).as(job.toString()).isEqualTo(state);
            assertThat(job.path("failure").path("code").asString()).isEqualTo(code);

            var run = service.json("/api/v1/runs/" + job.path("runId").asString());
            assertThat(run.path("cases").get(0).path("score").isNull()).isTrue();
            assertThat(run.path("cases").get(0).path("failure").path("code").asString())
                    .isEqualTo(code);
        }
    }
}
