package dyno.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dyno.suite.SuiteFolder.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteFolderTest {

    @TempDir
    private Path home;

    @Test
    void readsTheFolderThatWasNamed() throws IOException {
        var folder = Files.createDirectories(home.resolve("mine"));
        Files.writeString(folder.resolve("b.yml"), "B");
        Files.writeString(folder.resolve("a.yml"), "A");
        Files.writeString(folder.resolve("README.md"), "not a suite");

        assertThat(SuiteFolder.read(folder.toString(), home))
                .containsExactly(
                        new Text(folder.resolve("a.yml").toString(), "a", "A"),
                        new Text(folder.resolve("b.yml").toString(), "b", "B"));
    }

    @Test
    void readsTheFilesOfItsHomeWhereNoFolderWasNamed() throws IOException {
        var folder = Files.createDirectories(home.resolve("config/suites"));
        Files.writeString(folder.resolve("own.yml"), "O");

        assertThat(SuiteFolder.read("", home)).extracting(Text::name).containsExactly("own");
    }

    @Test
    void takesTheCopiesOfTheJarWhereThereIsNoFolder() throws IOException {
        var quick = Files.readString(Path.of("config/suites/quick.yml"));

        assertThat(SuiteFolder.read("", home)).contains(new Text("suites/quick.yml", "quick", quick));
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        var missing = home.resolve("missing").toString();

        assertThatExceptionOfType(SuiteFileException.class)
                .isThrownBy(() -> SuiteFolder.read(missing, home))
                .withMessageContaining(missing);
    }

    @Test
    void refusesAnEndingThatWouldBeOverlooked() throws IOException {
        Files.writeString(home.resolve("a.yaml"), "A");

        assertThatExceptionOfType(SuiteFileException.class)
                .isThrownBy(() -> SuiteFolder.read(home.toString(), home))
                .withMessageContaining("a.yaml");
    }
}
