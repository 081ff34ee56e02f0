package dyno.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Labels by which runs of a suite's job are told from those of others, which may have equal cases.
/// Stateless.
final class SameJob {

    private static final List<String> KEYS = List.of("suite", "job");

    private SameJob() {}

    /// Those that the run has, in a map that may be added to.
    static Map<String, String> labels(Run run) {
        return labels(run.labels());
    }

    /// Those among `all`, in the same order whatever that of `all` is.
    static Map<String, String> labels(Map<String, String> all) {
        var labels = new LinkedHashMap<String, String>();
        for (var key : KEYS) {
            var value = all.get(key);
            if (value != null) {
                labels.put(key, value);
            }
        }
        return labels;
    }
}
