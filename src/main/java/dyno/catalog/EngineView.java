package dyno.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An engine as clients see it.
///
/// @param schema           JSON Schema of `workload`
/// @param example          a workload that can be submitted as it is
/// @param defaults         fixed defaults, by dotted path
/// @param computedDefaults in words, by dotted path: what they are depends on the node and on other fields
/// @param limits           by dotted path, where there are any
/// @param scoreUnit        of most scores: `bytes/s`
record EngineView(
        String id,
        String title,
        String description,
        Map<String, Object> schema,
        Map<String, Object> example,
        Map<String, Object> defaults,
        Map<String, String> computedDefaults,
        Map<String, Limits> limits,
        String scoreUnit) {

    /// What a field's values are held to.
    ///
    /// @param min     smallest number, fewest characters or elements; null where unbounded
    /// @param max     largest number, most characters or elements; null where unbounded
    /// @param allowed words; null where the field is no enum
    record Limits(
            @Nullable Number min,
            @Nullable Number max,
            @Nullable List<String> allowed) {}

    static EngineView of(EngineEntry<?> entry) {
        var engine = entry.engine();
        var fields = new Fields();
        entry.fields().forEach(field -> fields.add("", field));
        return new EngineView(
                engine.id(),
                engine.title(),
                engine.description(),
                entry.schema(),
                engine.example(),
                fields.defaults,
                fields.computedDefaults,
                fields.limits,
                engine.scoreUnit().unit());
    }

    /// Sorts what is known of fields by what is asked for.
    private static final class Fields {

        private final Map<String, Object> defaults = new LinkedHashMap<>();
        private final Map<String, String> computedDefaults = new LinkedHashMap<>();
        private final Map<String, Limits> limits = new LinkedHashMap<>();

        private void add(String parent, FieldDescriptor field) {
            var path = parent + field.name();
            if (field.defaultValue() != null) {
                defaults.put(path, field.defaultValue());
            }
            if (!field.computedDefault().isEmpty()) {
                computedDefaults.put(path, field.computedDefault());
            }
            if (field.min() != null || field.max() != null || !field.allowed().isEmpty()) {
                var allowed = field.allowed().isEmpty() ? null : field.allowed();
                limits.put(path, new Limits(field.min(), field.max(), allowed));
            }
            // A list's elements have no path that a matrix or a default could name.
            if (field.type() == FieldDescriptor.Type.OBJECT) {
                field.fields().forEach(within -> add(path + '.', within));
            }
        }
    }
}
