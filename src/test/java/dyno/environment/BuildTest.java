package dyno.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {

    @TempDir
    private Path classes;

    @Test
    void readsVersionCommitAndDirtyFlag() throws IOException {
        Files.createDirectories(classes.resolve("META-INF"));
        Files.writeString(classes.resolve("META-INF/build-info.properties"), "build.version=1.2.3\n");
        Files.writeString(classes.resolve("git.properties"), "git.commit.id=abc\ngit.dirty=true\n");

        assertThat(read()).isEqualTo(build("1.2.3", "abc", true));
    }

    @Test
    void knowsNoCommitOutsideOfARepository() throws IOException {
        Files.writeString(classes.resolve("git.properties"), "");

        var build = read();

        assertThat(build.version()).isEmpty();
        assertThat(build.commit()).isEmpty();
        assertThat(build.dirty()).isEmpty();
    }

    @Test
    void knowsTheVersionOfThisBuild() {
        assertThat(Build.read().version()).isPresent();
    }

    private static Build build(String version, String commit, boolean dirty) {
        return new Build(Optional.of(version), Optional.of(commit), Optional.of(dirty));
    }

    private Build read() throws IOException {
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
            return Build.read(loader);
        }
    }
}
