package dyno.job;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Merges workload trees: objects by key, lists and scalars replace. A null takes the place of what it removes; whether
/// it is a value or as good as absent is the field's to say.
final class Merge {

    private Merge() {}

    /// @return a new tree; neither argument is changed
    static Map<String, @Nullable Object> deep(
            Map<String, @Nullable Object> base, Map<String, @Nullable Object> change) {
        var merged = new LinkedHashMap<String, @Nullable Object>(base);
        change.forEach((key, value) -> put(merged, key, value));
        return merged;
    }

    /// @param path  a field or a dotted path; objects on the way are made where they are missing
    /// @param value null removes what is there and stays
    static Map<String, @Nullable Object> at(Map<String, @Nullable Object> base, String path, @Nullable Object value) {
        int dot = path.lastIndexOf('.');
        var change = new LinkedHashMap<String, @Nullable Object>();
        change.put(path.substring(dot + 1), value);
        while (dot >= 0) {
            int previous = path.lastIndexOf('.', dot - 1);
            var outer = new LinkedHashMap<String, @Nullable Object>();
            outer.put(path.substring(previous + 1, dot), change);
            change = outer;
            dot = previous;
        }
        return deep(base, change);
    }

    private static void put(Map<String, @Nullable Object> into, String key, @Nullable Object value) {
        var change = Fields.object(value);
        if (change == null) {
            into.put(key, value);
        } else {
            var present = Fields.object(into.get(key));
            into.put(key, deep(present == null ? Map.of() : present, change));
        }
    }
}
