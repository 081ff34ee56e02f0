package dyno.operated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The metrics that docs/reference/metrics.md lists, and what they are called in expressions.
final class KnownMetrics {

    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| .*");
    private static final Pattern PART = Pattern.compile("_(bucket|count|sum|max)$");

    private final Set<String> listed;

    private KnownMetrics(Set<String> listed) {
        this.listed = listed;
    }

    static KnownMetrics read() throws IOException {
        var listed = new TreeSet<String>();
        for (var line : Files.readAllLines(Path.of("docs/reference/metrics.md"))) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                listed.add(row.group(1));
            }
        }
        assertThat(listed).hasSizeGreaterThan(20);
        return new KnownMetrics(listed);
    }

    boolean has(String name) {
        return listed.contains(name) || listed.contains(PART.matcher(name).replaceFirst(""));
    }
}
