package dyno.job;

import dyno.web.Pointer;
import dyno.web.Shown;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the matrix of a submission.
final class MatrixReader {

    private static final int MAX_VALUES = 256;

    private MatrixReader() {}

    static Map<String, List<@Nullable Object>> read(
            Map<String, @Nullable Object> tree, String pointer, WorkloadReader workloads, Faults faults) {
        var matrix = new LinkedHashMap<String, List<@Nullable Object>>();
        for (var key : tree.entrySet()) {
            var path = key.getKey();
            var at = Pointer.member(pointer, path);
            if (workloads.hasField(path, at)) {
                matrix.put(path, readValues(path, key.getValue(), at, workloads, faults));
            }
        }
        // Not Map.copyOf: the order of the keys is the order in case names.
        return Collections.unmodifiableMap(matrix);
    }

    private static List<@Nullable Object> readValues(
            String path, @Nullable Object tree, String pointer, WorkloadReader workloads, Faults faults) {
        var values = Fields.list(tree);
        if (values == null) {
            faults.add(pointer, "'%s' has to be a list of values, not %s".formatted(path, Fields.kind(tree)));
            return List.of();
        }
        if (values.isEmpty() || values.size() > MAX_VALUES) {
            faults.add(pointer, "'%s' has %d values, not 1 to %d".formatted(path, values.size(), MAX_VALUES));
            return List.of();
        }
        var names = new HashSet<String>();
        for (int i = 0; i < values.size(); i++) {
            var at = Pointer.element(pointer, i);
            workloads.checkValue(path, values.get(i), at);
            if (!names.add(CaseName.valueOf(values.get(i)))) {
                faults.add(at, "'%s' has the value %s twice".formatted(path, Shown.value(values.get(i))));
            }
        }
        return Collections.unmodifiableList(values);
    }
}
