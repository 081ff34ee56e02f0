package dyno.suite;

import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Every suite, read once at the start. Immutable.
public final class SuiteCatalog {

    private final Map<String, Suite> suites = new LinkedHashMap<>();

    /// @param files all of them, by name
    /// @throws SuiteFileException where a suite includes itself or one that is not there, or two of its
    /// jobs have one
    ///         name
    SuiteCatalog(Map<String, SuiteFile> files) {
        files.forEach((name, file) -> suites.put(name, Inclusion.resolve(file, files)));
    }

    /// Names of all suites, sorted.
    public Set<String> names() {
        return Collections.unmodifiableSet(suites.keySet());
    }

    List<Suite> all() {
        return List.copyOf(suites.values());
    }

    /// @throws ProblemException `unknown-suite`
    Suite require(String name) {
        return Optional.ofNullable(suites.get(name))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.UNKNOWN_SUITE,
                        "There is no suite '%s'; there are %s".formatted(name, String.join(", ", suites.keySet()))));
    }

    /// Whether another node, or this one with more memory, disk or data, would take the job.
    static boolean isOfThisNode(ProblemException refusal) {
        return switch (refusal.code()) {
            case RESOURCE_LIMIT, UNKNOWN_DATASET -> true;
            default -> refusal.isOfThisNode();
        };
    }
}
