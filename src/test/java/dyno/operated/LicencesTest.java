package dyno.operated;

import static org.assertj.core.api.Assertions.assertThat;

import dyno.support.TestFolders;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// docs/reference/licences.md against the libraries that this build was made with.
class LicencesTest {

    private static final Path PAGE = Path.of("docs/reference/licences.md");

    @Test
    void listsEveryLibraryWithTheLicencesThatItNames() throws Exception {
        assertThat(rows("## Libraries"))
                .containsExactlyInAnyOrderElementsOf(Libraries.on(System.getProperty("java.class.path")));
    }

    @Test
    void acceptsEachOfThemAndNoneThatNobodyHas() throws Exception {
        var named = new TreeSet<String>();
        for (var row : rows("## Libraries")) {
            named.addAll(Arrays.asList(cell(row, 2).split(", ")));
        }

        assertThat(accepted()).containsExactlyInAnyOrderElementsOf(named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GNU Affero General Public License v3",
                "GNU General Public License, Version 2",
                "Business Source License 1.1",
                "Apache License, Version 1.1",
                "none"
            })
    void takesNoOtherLicenceForAnAcceptedOne(String words) throws Exception {
        assertThat(accepted()).isNotEmpty().doesNotContain(Libraries.spdx(words));
    }

    @Test
    void asksTheParentOfALibraryThatNamesNone() throws Exception {
        var repository = TestFolders.fresh("repository");
        pom(repository, "a.b", "top", "<licenses><license><name>Strange\n 1.0</name></license></licenses>");
        var jar = pom(repository, "a.b", "leaf", """
                <parent><groupId>a.b</groupId><artifactId>top</artifactId><version>1</version></parent>
                """);
        var orphan = pom(repository, "c", "orphan", "");

        assertThat(Libraries.on(jar + File.pathSeparator + orphan + File.pathSeparator + repository))
                .containsExactly("| `a.b` | Strange 1.0 |", "| `c` | none |");
    }

    /// @return where the jar would be
    private static Path pom(Path repository, String group, String artifact, String rest) throws IOException {
        var folder = Files.createDirectories(
                repository.resolve(group.replace('.', '/')).resolve(artifact).resolve("1"));
        Files.writeString(
                folder.resolve(artifact + "-1.pom"),
                "<project><groupId>%s</groupId><artifactId>%s</artifactId><version>1</version>%s</project>"
                        .formatted(group, artifact, rest));
        return folder.resolve(artifact + "-1.jar");
    }

    private static List<String> accepted() throws IOException {
        return rows("## Accepted").stream()
                .map(row -> cell(row, 1).replace("`", ""))
                .toList();
    }

    /// The rows of the table below a heading.
    private static List<String> rows(String heading) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals(heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .toList();
    }

    private static String cell(String row, int cell) {
        return row.split("\\|")[cell].strip();
    }
}
