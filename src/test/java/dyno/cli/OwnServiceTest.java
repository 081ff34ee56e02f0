package dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnServiceTest {

    @TempDir
    private Path data;

    private final Played played = new Played();

    @Test
    void livesForTheDurationOfTheCommand() throws Exception {
        assertThat(bench("serves")).as(played.err()).isEqualTo(ExitCode.FINE);

        assertThat(data.resolve("stopped"))
                .content()
                .contains("GET /api/v1/jobs?limit=1\nGET /api/v1/jobs?limit=1\nPOST /api/v1/suites/two/jobs");
        assertThat(Files.readAllLines(data.resolve("arguments")))
                .containsExactly("serves", "serve", "--port", "0", "--bind", "127.0.0.1", "--data", data.toString());
        assertThat(data.resolve("logs/service.log")).content().contains("fake service says hello");
    }

    @Test
    void startsBesideTheFileThatAKilledServiceLeftBehind() throws Exception {
        Files.writeString(data.resolve(ServiceFile.NAME), "{\"pid\": 4194305, \"port\": 1}");

        assertThat(bench("serves")).as(played.err()).isEqualTo(ExitCode.FINE);
    }

    @Test
    void showsTheLogOfAServiceThatCannotStart() throws Exception {
        Files.createDirectories(data.resolve("logs"));
        Files.writeString(data.resolve("logs/service.log"), "from yesterday\n");

        assertThat(bench("refuses")).isEqualTo(ExitCode.COULD_NOT_START);

        assertThat(played.err()).endsWith("""
                The service ended while it started, with status 3:
                  fake service says hello
                  fake service refuses: the folder is in use
                  (%s/logs/service.log)
                """.formatted(data));
        assertThat(played.out()).isEmpty();
    }

    @Test
    void showsTheLogOfAServiceThatDiesUnderItsJobs() {
        assertThat(bench("dies-with-the-first-job")).isEqualTo(ExitCode.JOB_FAILED);

        assertThat(played.err())
                .contains("The service ended, with status 9:\n")
                .contains("fake service has had enough");
    }

    @Test
    void stopsAServiceThatIsNotReadyInTime() {
        var service = OwnService.start(fake("serves"), data);

        assertThatExceptionOfType(CannotStartException.class)
                .isThrownBy(() -> service.awaitReady(data, Duration.ZERO))
                .withMessageStartingWith("The service was not ready within 0 s:\n");
        assertThatExceptionOfType(LostServiceException.class).isThrownBy(() -> service.requireAlive(Duration.ZERO));
    }

    @Test
    void saysThatTheFolderCannotBeMade() throws Exception {
        var file = Files.writeString(data.resolve("file"), "");

        assertThat(played.run("bench", "two", "--data", file.resolve("below").toString()))
                .isEqualTo(ExitCode.COULD_NOT_START);

        assertThat(played.err()).contains(file.resolve("below/service.json") + " cannot be read");
    }

    private int bench(String behaviour) {
        return played.launch(fake(behaviour)).run("bench", "two", "--data", data.toString());
    }

    private static List<String> fake(String behaviour) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FakeService.class.getName(),
                behaviour);
    }
}
