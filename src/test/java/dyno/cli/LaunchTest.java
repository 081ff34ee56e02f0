package dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.fork.ForkCommand;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaunchTest {

    @Test
    void handsOnWhatEveryFaceIsStartedWithAndAddsOneCompiler() {
        var fork = new ForkCommand(
                Path.of("/jdk/bin/java"), "/a b/dyno.jar", "dyno.Dyno", List.of("--flag=one"), List.of("-Dfault=1"));
        var arguments = List.of("--flag=one", "-XX:+UseSerialGC", "-Ddyno.home=/a b", "-Dother=1");

        assertThat(Launch.command(fork, arguments))
                .containsExactly(
                        "/jdk/bin/java",
                        "--flag=one",
                        "-XX:TieredStopAtLevel=1",
                        "-Ddyno.home=/a b",
                        "-cp",
                        "/a b/dyno.jar",
                        "dyno.Dyno");
    }

    @Test
    void letsAServiceBeginWithWhatEarlierOnesLearnt() {
        var fork = new ForkCommand(Path.of("java"), "dyno.jar", "dyno.Dyno", List.of(), List.of());

        assertThat(Launch.command(fork, List.of("-Ddyno.service.cache=/a b/service.aot")))
                .contains("-XX:AOTCache=/a b/service.aot");
    }
}
