package dyno.engine.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.engine.grouping.GroupingWorkload.Strategy;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledRunTest {

    @TempDir
    private Path folder;

    @Test
    void goesOnFromTheSpillOfAProcessThatWasKilledInPassTwo() throws Exception {
        killInPassTwo();

        var resumed = KilledRun.grouper(folder).run();

        assertThat(resumed.verification().differences()).isEmpty();
        assertThat(resumed.metric("resumedBuckets")).isPositive();
        var undisturbed = KilledRun.grouper(folder);
        undisturbed.strategy = Strategy.COLUMNAR;
        undisturbed.resume = false;
        assertThat(resumed.files()).isEqualTo(undisturbed.run().files());
        try (var left = Files.list(folder.resolve("cache"))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .allMatch(name -> name.startsWith("measurements-"));
        }
    }

    private void killInPassTwo() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledRun.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).isEqualTo(KilledRun.READY);
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
    }
}
