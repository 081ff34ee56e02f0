package dyno.cli;

import static dyno.cli.PlayedApi.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {

    private final PlayedApi api = PlayedSuite.on(new PlayedApi());
    private final CountDownLatch followed = new CountDownLatch(2);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void cancelsWhatBenchSubmitted() throws Exception {
        silent("j1");
        silent("j2");
        api.on(
                        "POST /api/v1/jobs/j1/cancel",
                        PlayedApi.json(202, PlayedSuite.job("j1", "generator", "CANCELLED", null)))
                .on("POST /api/v1/jobs/j2/cancel", PlayedApi.json(409, "{\"title\": \"The job is finished\"}"));
        var log = folder.resolve("client.log");
        var client = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClientMain.class.getName(),
                        "bench",
                        "two",
                        "--server",
                        api.base().toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(followed.await(60, TimeUnit.SECONDS)).isTrue();
            interrupt(client);
            // It does not where this JVM was started with SIGINT ignored, as shells start what runs in the background.
            assertThat(client.waitFor(60, TimeUnit.SECONDS))
                    .as("ends on SIGINT")
                    .isTrue();
            assertThat(client.exitValue()).isEqualTo(ExitCode.INTERRUPTED);
        } finally {
            client.destroyForcibly();
        }

        assertThat(api.requestLines())
                .containsSubsequence("POST /api/v1/jobs/j1/cancel", "POST /api/v1/jobs/j2/cancel");
        assertThat(log).content().contains("Cancelled 1 of 2 jobs.").doesNotContain("was not cancelled");
    }

    private void silent(String job) {
        api.on("GET /api/v1/jobs/" + job + "/events", exchange -> {
            PlayedApi.eventsThenSilence(event(1, "state", "{\"state\": \"RUNNING\"}"))
                    .to(exchange);
            followed.countDown();
        });
    }

    /// What a terminal sends at Ctrl-C; the JDK itself only sends SIGTERM and SIGKILL.
    private static void interrupt(Process process) throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", "kill -INT " + process.pid())
                        .start()
                        .waitFor())
                .isZero();
    }

    /// The client in a process of its own.
    static final class ClientMain {

        private ClientMain() {}

        public static void main(String[] args) {
            System.exit(Cli.run(args));
        }
    }
}
