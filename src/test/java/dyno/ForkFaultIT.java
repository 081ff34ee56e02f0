package dyno;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.EventStream;
import dyno.support.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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
    static Path data;

    private static Path forkFlags;
    private static ServiceProcess service;

    /// Forks read further flags from a file, so that one service can have forks of all kinds.
    @BeforeAll
    static void start() throws Exception {
        forkFlags = Files.createFile(data.resolve("fork-flags"));
        service = ServiceProcess.start(data.resolve("service"), "-Ddyno.fork.extraFlags=@" + forkFlags);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void haveOrdinaryForks() throws Exception {
        Files.writeString(forkFlags, "");
    }

    @Test
    void aForkKilledByHandFailsTheJobWithStatusAndLastOutput() throws Exception {
        var gate = Files.createFile(data.resolve("gate"));
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

    @ParameterizedTest
    @CsvSource({
        "garbage,      FORK_FAILED",
        "hang,         FORK_FAILED",
        "crash,        FORK_FAILED",
        "wrong-result, VERIFICATION_FAILED"
    })
    void aForkThatMisbehavesFailsItsCase(String fault, String code) throws Exception {
        Files.writeString(forkFlags, "-Ddyno.fork.fault=" + fault);

        var job = service.finished(service.submit("""
                {"engine": "checker",
                 "plan": {"forks": 1, "warmupIterations": 1, "iterations": 1, "minIterationMillis": 1},
                 "caseTimeoutSeconds": %d}
                """.formatted(fault.equals("hang") ? 5 : 60)));

        assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("FAILED");
        assertThat(job.path("failure").path("code").asString())
                .as(job.toString())
                .isEqualTo(code);
        var run = service.json("/api/v1/runs/" + job.path("runId").asString());
        assertThat(run.path("cases").get(0).path("score").isNull()).isTrue();
        assertThat(run.path("cases").get(0).path("failure").path("code").asString())
                .isEqualTo(code);
    }
}
