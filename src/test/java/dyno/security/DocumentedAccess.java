package dyno.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// The table of docs/reference/access.md.
final class DocumentedAccess {

    private static final Pattern ROW = Pattern.compile("\\| (open|read|submit|admin) \\| (.*) \\| `(\\S+)` \\|");

    /// @param scope empty where it is open
    private record Rule(Optional<Scope> scope, Set<String> methods, PathPattern path) {}

    private final List<Rule> rules;

    private DocumentedAccess(List<Rule> rules) {
        this.rules = rules;
    }

    static DocumentedAccess read() throws IOException {
        var rules = Files.readAllLines(Path.of("docs/reference/access.md")).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> new Rule(
                        row.group(1).equals("open")
                                ? Optional.empty()
                                : Optional.of(Scope.valueOf(row.group(1).toUpperCase(Locale.ROOT))),
                        Set.of(row.group(2).replace("`", "").split(" ")),
                        PathPatternParser.defaultInstance.parse(row.group(3))))
                .toList();
        assertThat(rules).hasSizeGreaterThan(10);
        return new DocumentedAccess(rules);
    }

    Optional<Scope> required(String method, String path) {
        return rules.stream()
                .filter(rule -> rule.methods().contains(method))
                .filter(rule -> rule.path().matches(PathContainer.parsePath(path)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No rule for %s %s".formatted(method, path)))
                .scope();
    }
}
