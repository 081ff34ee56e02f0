package dyno.suite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A job of a suite.
///
/// @param name unique within its suite; becomes the label `job`
/// @param spec as `POST /jobs` takes it, without the labels below
record SuiteJob(String name, Map<String, @Nullable Object> spec) {

    /// Labels that the service gives to jobs of suites.
    static final List<String> OWN_LABELS = List.of("suite", "suiteRun", "job");

    /// What is submitted.
    ///
    /// @param suiteRun the same for all jobs of one submission of the suite
    Map<String, @Nullable Object> submission(String suite, UUID suiteRun) {
        var labels = new LinkedHashMap<String, @Nullable Object>();
        labels.put("suite", suite);
        labels.put("suiteRun", suiteRun.toString());
        labels.put("job", name);
        var tree = new LinkedHashMap<String, @Nullable Object>(spec);
        switch (tree.get("labels")) {
            case null -> tree.put("labels", labels);
            case Map<?, ?> more -> {
                more.forEach((key, value) -> labels.put(String.valueOf(key), value));
                tree.put("labels", labels);
            }
            // Not a map: stays as it is, for whoever checks submissions to refuse.
            default -> {}
        }
        return tree;
    }
}
