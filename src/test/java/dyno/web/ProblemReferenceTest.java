package dyno.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProblemReferenceTest {

    @Test
    void listsEveryProblemAsTheServiceExplainsIt() throws IOException {
        var rows = Files.readAllLines(Path.of("docs/reference/problems.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(ProblemCode.values())
                        .map(c -> "| `%s` | %d | %s | %s |".formatted(c.code(), c.status(), c.title(), c.remedy()))
                        .toList());
    }
}
