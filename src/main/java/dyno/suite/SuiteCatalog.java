package dyno.suite;

import dyno.suite.SuiteFolder.Text;
import dyno.web.ProblemCode;
import dyno.web.ProblemException;
import dyno.web.Violation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Every suite, read once at the start. Immutable.
public final class SuiteCatalog {

    private static final UUID NO_SUITE_RUN = new UUID(0, 0);

    private final Map<String, Suite> suites = new LinkedHashMap<>();

    /// @param texts of all files
    /// @param check throws a [ProblemException] for a submission that would be refused
    /// @throws SuiteFileException at the first thing that is wrong with a file, or with a job in it that no node
    ///         could run
    SuiteCatalog(List<Text> texts, Consumer<Map<String, @Nullable Object>> check) {
        var files = new LinkedHashMap<String, SuiteFile>();
        for (var text : texts) {
            files.put(text.name(), SuiteFile.read(text));
        }
        for (var file : files.values()) {
            checkJobs(file, check);
            suites.put(file.name(), Inclusion.resolve(file, files));
        }
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

    private static void checkJobs(SuiteFile file, Consumer<Map<String, @Nullable Object>> check) {
        for (int i = 0; i < file.jobs().size(); i++) {
            var job = file.jobs().get(i);
            try {
                check.accept(job.submission(file.name(), NO_SUITE_RUN));
            } catch (ProblemException e) {
                if (!isOfThisNode(e)) {
                    throw fault(file, i, e);
                }
            }
        }
    }

    private static SuiteFileException fault(SuiteFile file, int job, ProblemException refusal) {
        var first = refusal.violations().stream()
                .findFirst()
                .orElseGet(() -> new Violation("", String.valueOf(refusal.getMessage())));
        var fault = file.jobFault(
                job,
                first.pointer(),
                "job %s: %s".formatted(file.jobs().get(job).name(), first.message()));
        fault.initCause(refusal);
        return fault;
    }
}
