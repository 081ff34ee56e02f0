package dyno.suite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts the jobs of included suites before a suite's own. A suite that is reached twice is included once.
final class Inclusion {

    private final Map<String, SuiteFile> files;
    private final Set<String> path = new LinkedHashSet<>();
    private final Set<String> included = new HashSet<>();
    private final List<SuiteJob> jobs = new ArrayList<>();
    private final Map<String, String> suiteOfJob = new HashMap<>();

    private Inclusion(Map<String, SuiteFile> files) {
        this.files = files;
    }

    /// @param files all of them, by name
    /// @throws SuiteFileException where a suite includes itself or one that is not there, or two jobs have one name
    static Suite resolve(SuiteFile file, Map<String, SuiteFile> files) {
        var inclusion = new Inclusion(files);
        inclusion.include(file);
        return new Suite(file.name(), file.description(), List.copyOf(inclusion.jobs));
    }

    private void include(SuiteFile file) {
        path.add(file.name());
        for (int i = 0; i < file.includes().size(); i++) {
            var name = file.includes().get(i);
            var other = files.get(name);
            if (other == null) {
                throw file.includeFault(i, "there is no suite '%s' to include".formatted(name));
            }
            if (path.contains(name)) {
                throw file.includeFault(
                        i, "suite '%s' includes itself: %s → %s".formatted(name, String.join(" → ", path), name));
            }
            if (!included.contains(name)) {
                include(other);
            }
        }
        for (int i = 0; i < file.jobs().size(); i++) {
            add(file, i);
        }
        path.remove(file.name());
        included.add(file.name());
    }

    /// Names are labels, and tell the jobs of one suite apart.
    private void add(SuiteFile file, int index) {
        var job = file.jobs().get(index);
        var other = suiteOfJob.put(job.name(), file.name());
        if (other != null) {
            throw file.jobFault(
                    index,
                    "/name",
                    "two jobs of one suite are called '%s'; the other is in suite '%s'".formatted(job.name(), other));
        }
        jobs.add(job);
    }
}
