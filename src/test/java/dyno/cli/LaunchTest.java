package dyno.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaunchTest {

    private static final Path JAVA = Path.of("/jdk/bin/java");

    @Test
    void startsALoneJarByItsManifest() {
        assertThat(Launch.command(JAVA, List.of(), "/dyno.jar")).containsExactly("/jdk/bin/java", "-jar", "/dyno.jar");
    }

    @Test
    void startsClassesByTheirEntryPoint() {
        assertThat(Launch.command(JAVA, List.of(), "/classes:/a.jar"))
                .containsExactly("/jdk/bin/java", "-cp", "/classes:/a.jar", "dyno.Dyno");
    }

    @Test
    void handsOnOnlyTheFlagsThatOpenTheJdk() {
        var flags = List.of(
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Xshare");

        assertThat(Launch.command(JAVA, flags, "/dyno.jar"))
                .containsExactly(
                        "/jdk/bin/java",
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-jar",
                        "/dyno.jar");
    }
}
