package dyno.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A workload without what its defaults say anyway.
///
/// A complete workload submitted again says that each field was given, and a default that fits where
/// nobody asked for it may contradict where somebody does (`fsync` of the generator, which is on,
/// needs a file).
final class SparseWorkload {

    private SparseWorkload() {}

    /// Leaves out each field without which `complete` gives the same workload.
    ///
    /// @param workload as a job's spec shows it
    /// @param complete fills in defaults
    static Map<String, @Nullable Object> of(
            Map<String, @Nullable Object> workload, UnaryOperator<Map<String, @Nullable Object>> complete) {
        var whole = complete.apply(workload);
        var sparse = workload;
        for (var path : leaves(List.of(), workload)) {
            var without = without(sparse, path);
            if (complete.apply(without).equals(whole)) {
                sparse = without;
            }
        }
        return sparse;
    }

    private static List<List<String>> leaves(List<String> place, Map<?, ?> tree) {
        var leaves = new ArrayList<List<String>>();
        tree.forEach((name, value) -> {
            var path = new ArrayList<>(place);
            path.add(String.valueOf(name));
            if (value instanceof Map<?, ?> nested && !nested.isEmpty()) {
                leaves.addAll(leaves(path, nested));
            } else {
                leaves.add(path);
            }
        });
        return leaves;
    }

    /// A copy without the leaf, and without objects that are empty then.
    private static Map<String, @Nullable Object> without(Map<?, ?> tree, List<String> path) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        tree.forEach((name, value) -> {
            var key = String.valueOf(name);
            if (!key.equals(path.getFirst())) {
                copy.put(key, value);
            } else if (path.size() > 1 && value instanceof Map<?, ?> nested) {
                var rest = without(nested, path.subList(1, path.size()));
                if (!rest.isEmpty()) {
                    copy.put(key, rest);
                }
            }
        });
        return copy;
    }
}
